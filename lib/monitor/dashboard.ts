import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { failuresQuery } from './logs';

/** What a dashboard shows, at the time when the template is written. */
export interface DashboardContent {
  /** One for each connection, or else none. */
  readonly alarms: readonly cloudwatch.IAlarm[];
  readonly healthy: readonly cloudwatch.IMetric[];
  readonly durations: readonly cloudwatch.IMetric[];
  readonly logGroupNames: readonly string[];
}

const WIDTH = 24;

/** How many alarms or numbers stand in a row of a widget, and how high such a row is. */
const TILES = { perRow: 6, height: 2 };

/** By CloudWatch, for one widget. */
const MOST = { alarms: 100, metrics: 500, logGroups: 50 };

export function createDashboard(scope: Construct, content: () => DashboardContent): cloudwatch.Dashboard {
  const dashboard = new cloudwatch.Dashboard(scope, 'Dashboard', {
    periodOverride: cloudwatch.PeriodOverride.INHERIT,
  });
  dashboard.addWidgets(new LateWidget(() => new cloudwatch.Column(...widgets(scope, content()))));
  return dashboard;
}

function widgets(scope: Construct, content: DashboardContent): cloudwatch.IWidget[] {
  const { durations, logGroupNames } = content;
  return [
    ...status(content),
    ...inParts(durations, MOST.metrics).map(
      (left) => new cloudwatch.GraphWidget({ title: 'Duration of tests', left, width: WIDTH, leftYAxis: MILLISECONDS }),
    ),
    ...inParts(logGroupNames, MOST.logGroups).map(
      (groups) =>
        new cloudwatch.LogQueryWidget({
          title: 'Last failures',
          logGroupNames: groups,
          queryLines: failuresQuery(),
          view: cloudwatch.LogQueryVisualizationType.TABLE,
          width: WIDTH,
          height: 9,
          region: Stack.of(scope).region,
        }),
    ),
  ];
}

/** A tile for each connection: its alarm, or its last result where connections have no alarms of their own. */
function status({ alarms, healthy }: DashboardContent): cloudwatch.IWidget[] {
  const options = (count: number) => ({
    title: 'Connections',
    width: WIDTH,
    height: TILES.height * Math.ceil(count / TILES.perRow) + 1,
  });
  return alarms.length > 0
    ? inParts(alarms, MOST.alarms).map(
        (part) => new cloudwatch.AlarmStatusWidget({ ...options(part.length), alarms: part }),
      )
    : inParts(healthy, MOST.metrics).map(
        (metrics) => new cloudwatch.SingleValueWidget({ ...options(metrics.length), metrics }),
      );
}

const MILLISECONDS: cloudwatch.YAxisProps = { label: 'ms', min: 0, showUnits: false };

function inParts<T>(all: readonly T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, part) => all.slice(part * most, (part + 1) * most));
}

/** Widgets that are made when the dashboard is written: connections may be added until then. */
class LateWidget implements cloudwatch.IWidget {
  readonly width = WIDTH;
  private at = { x: 0, y: 0 };

  constructor(private readonly create: () => cloudwatch.IWidget) {}

  get height(): number {
    return this.create().height;
  }

  position(x: number, y: number): void {
    this.at = { x, y };
  }

  toJson(): unknown[] {
    const widget = this.create();
    widget.position(this.at.x, this.at.y);
    return widget.toJson() as unknown[];
  }
}
