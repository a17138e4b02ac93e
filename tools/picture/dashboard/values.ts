import type { Alarm, Widget } from './app';
import { HOURS, type Recorded } from './record';

export type State = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

const SECONDS_PER_HOUR = 3_600;

/** Half an hour after the last run. */
const END = (HOURS - 0.5) * SECONDS_PER_HOUR;

/** The state of an alarm at the end, as CloudWatch evaluates its latest periods where none lacks data. */
export function stateOf(
  { Dimensions, Period, EvaluationPeriods, Threshold }: Alarm,
  recorded: readonly Recorded[],
): State {
  const name = Dimensions[0]?.Value;
  const periods = Array.from({ length: EvaluationPeriods }, (_, index) => {
    const [from, to] = [END - (index + 1) * Period, END - index * Period];
    return recorded
      .filter(({ connectionName, hours }) => connectionName === name && isWithin(hours, from, to))
      .map(({ Healthy }) => Healthy);
  });
  if (periods.some((values) => values.length === 0)) {
    return 'INSUFFICIENT_DATA';
  }
  return periods.every((values) => Math.max(...values) < Threshold) ? 'ALARM' : 'OK';
}

export interface Series {
  readonly name: string;
  readonly points: readonly { readonly hours: number; readonly value: number }[];
}

/** The lines of a graph: the average of each period. */
export function seriesOf({ properties: { metrics = [] } }: Widget, recorded: readonly Recorded[]): Series[] {
  return metrics.map(([, metricName, , name, { period }]) => {
    const count = Math.ceil((HOURS * SECONDS_PER_HOUR) / period);
    const points = Array.from({ length: count }, (_, index) => {
      const values = recorded
        .filter(
          ({ connectionName, hours }) =>
            connectionName === name && isWithin(hours, index * period, (index + 1) * period),
        )
        .flatMap((entry) => entry[metricName as 'Duration'] ?? []);
      return { hours: (index * period) / SECONDS_PER_HOUR, value: values.reduce((a, b) => a + b, 0) / values.length };
    });
    return { name, points: points.filter(({ value }) => !Number.isNaN(value)) };
  });
}

function isWithin(hours: number, from: number, to: number): boolean {
  const at = hours * SECONDS_PER_HOUR;
  return at >= from && at < to;
}

/** The rows of a table, by its Logs Insights query. */
export function tableOf(
  { properties: { query = '' } }: Widget,
  recorded: readonly Recorded[],
): { fields: string[]; rows: string[][] } {
  const [, list = '', event] = /\| fields (.*)\n\| filter event = "(.*)"\n\| sort @timestamp desc\n/.exec(query) ?? [];
  if (event === undefined) {
    throw new Error(`a query of another form: ${query}`);
  }
  const fields = list.split(', ');
  const rows = recorded
    .filter((entry) => entry.event === event)
    .sort((a, b) => b.hours - a.hours)
    .map((entry) =>
      fields.map((field) =>
        field === '@timestamp' ? clock(entry.hours) : String(entry[field as keyof Recorded] ?? ''),
      ),
    );
  return { fields, rows };
}

/** A time of the day on which the monitor began at midnight. */
export function clock(hours: number): string {
  return `${String(hours).padStart(2, '0')}:00`;
}
