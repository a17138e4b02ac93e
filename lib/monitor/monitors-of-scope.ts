import { Aspects, AspectPriority, FeatureFlags, Stack, Stage, type IAspect } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { ASPECT_STABILIZATION } from 'aws-cdk-lib/cx-api';
import { Construct, type IConstruct } from 'constructs';
import { assemblyOf } from '../cdk/assembly';
import { warnOnce } from '../cdk/warn-once';
import { MissedStages, stagesBelow } from '../connection-test/missed-stages';
import { testsOf, type RegisteredTest } from '../gate/tests-of-app';
import { NOT_OF_THIS_APP } from './checked-test';
import { isMonitored, type IConnectionMonitor } from './monitor';

/** A monitor of one stack. */
interface MonitorOfStack extends IConnectionMonitor {
  _add(test: RegisteredTest): void;
}

type Create = (stack: Stack, tests: readonly RegisteredTest[]) => MonitorOfStack;

const MONITORED_SCOPES = new WeakSet<IConstruct>();

/** After the aspect of `ConnectionTests`, and before those that only read the result. */
const PRIORITY = AspectPriority.READONLY - 100;

const LAST = 'GlueConnectionMonitors';

/** The monitors of all stacks below a scope. */
export class MonitorsOfScope implements IConnectionMonitor, IAspect {
  /**
   * @throws an error when the scope has monitors already
   */
  static create(scope: IConstruct, create: Create): IConnectionMonitor {
    if (MONITORED_SCOPES.has(scope)) {
      throw new Error(
        `'scope' must not be monitored yet, got: ${scope.node.path || 'the app'}, for which ConnectionMonitor.ofAll was ` +
          'already called; pass all options in one call',
      );
    }
    MONITORED_SCOPES.add(scope);
    const monitors = new MonitorsOfScope(scope, create);
    const reached = [scope, ...stagesBelow(scope)];
    reached.forEach((assembly) => {
      Aspects.of(assembly).add(monitors, { priority: PRIORITY });
    });
    Aspects.of(scope.node.root).add(
      new MissedStages({
        scope,
        reached,
        visited: monitors.visited,
        call: 'ConnectionMonitor.ofAll',
        missedIn: (stage) => monitors.missedIn(stage),
      }),
    );
    return monitors;
  }

  private readonly visited = new Set<IConstruct>();
  private readonly monitors = new Map<Stack, MonitorOfStack>();
  private readonly onAlarm: cloudwatch.IAlarmAction[] = [];
  private readonly onOk: cloudwatch.IAlarmAction[] = [];

  private constructor(
    private readonly scope: IConstruct,
    private readonly create: Create,
  ) {}

  get alarms(): cloudwatch.Alarm[] {
    return [...this.monitors.values()].flatMap(({ alarms }) => alarms);
  }

  addAlarmAction(...actions: cloudwatch.IAlarmAction[]): void {
    this.onAlarm.push(...actions);
    this.monitors.forEach((monitor) => {
      monitor.addAlarmAction(...actions);
    });
  }

  addOkAction(...actions: cloudwatch.IAlarmAction[]): void {
    this.onOk.push(...actions);
    this.monitors.forEach((monitor) => {
      monitor.addOkAction(...actions);
    });
  }

  /**
   * How many tests a stack has decides about its alarms. So monitors are created when all have been added: at a construct
   * that aspects visit after all others.
   */
  visit(node: IConstruct): void {
    const isRoot = node === this.scope || Stage.isStage(node);
    if (isRoot) {
      this.visited.add(node);
      if (node.node.tryFindChild(LAST) === undefined) {
        new Construct(node, LAST);
      }
    }
    // Without this flag, aspects don't visit what is added beside what they have visited, and other aspects would miss
    // the monitors. But then tests have been added when aspects visit the root.
    if (node.node.id === LAST || (isRoot && !FeatureFlags.of(node).isEnabled(ASPECT_STABILIZATION))) {
      this.monitor(assemblyOf(node));
    }
  }

  private monitor(assembly: IConstruct): void {
    for (const [stack, tests] of byStack(this.testsIn(assembly))) {
      const existing = this.monitors.get(stack);
      if (existing === undefined) {
        const monitor = this.create(stack, tests);
        this.monitors.set(stack, monitor);
        monitor.addAlarmAction(...this.onAlarm);
        monitor.addOkAction(...this.onOk);
      } else {
        tests.forEach((test) => {
          existing._add(test);
        });
      }
    }
  }

  private testsIn(assembly: IConstruct): RegisteredTest[] {
    return testsOf(assembly).filter((test) => this.isMeant(test) && !isElsewhere(test));
  }

  private missedIn(stage: IConstruct): string | undefined {
    const missed = testsOf(assemblyOf(stage)).find((test) => this.isMeant(test));
    return missed && `whose test ${missed.node.path} would not be monitored`;
  }

  private isMeant(test: RegisteredTest): boolean {
    const { construct, input } = test._facts;
    return (
      input === undefined &&
      !isMonitored(test) &&
      [test, construct].some((one) => one !== undefined && nearestScope(one) === this.scope)
    );
  }
}

function nearestScope(construct: IConstruct): IConstruct | undefined {
  return construct.node.scopes.reverse().find((scope) => MONITORED_SCOPES.has(scope));
}

function isElsewhere(test: RegisteredTest): boolean {
  if (test._provider._function !== undefined) {
    return false;
  }
  warnOnce(
    test,
    'notMonitored',
    `the connection is not monitored: its test ${NOT_OF_THIS_APP}; leave out its 'provider', or acknowledge this warning`,
  );
  return true;
}

function byStack(tests: readonly RegisteredTest[]): Map<Stack, RegisteredTest[]> {
  const stacks = new Map<Stack, RegisteredTest[]>();
  for (const test of tests) {
    const stack = Stack.of(test);
    stacks.set(stack, [...(stacks.get(stack) ?? []), test]);
  }
  return stacks;
}
