import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { warnOnce } from '../cdk/warn-once';
import type { RegisteredTest } from '../gate/tests-of-app';
import type { Provider } from '../provider/provider';
import { isMonitored, markMonitored } from './monitor';
import { MonitoredConnection } from './monitored-connection';
import { MonitoredFunction, type MonitoringOptions } from './monitored-function';

/** The connections of a monitor, each once, and the functions that test them. */
export class MonitoredConnections {
  readonly all: MonitoredConnection[] = [];
  private readonly tests = new Set<RegisteredTest>();
  private readonly identities = new Set<string>();
  private readonly functions = new Map<Provider, MonitoredFunction>();

  constructor(
    private readonly monitor: Construct,
    private readonly options: MonitoringOptions,
  ) {}

  /** @returns undefined for a connection that is there already, by another test */
  add(test: RegisteredTest): MonitoredConnection | undefined {
    if (isMonitored(test) && !this.tests.has(test)) {
      warnOnce(
        this.monitor,
        'monitoredTwice',
        `the test ${test.node.path} is in another monitor too, so wrong passwords are tried twice as often, which can ` +
          'lock an account: leave it out of one of them, or acknowledge this warning',
      );
    }
    markMonitored(test);
    this.tests.add(test);
    const connection = new MonitoredConnection(this.monitor, test);
    const { identity } = connection;
    if (this.identities.has(identity)) {
      return undefined;
    }
    this.identities.add(identity);
    this.all.push(connection);
    this.functionOf(test._provider).add(connection);
    return connection;
  }

  private functionOf(provider: Provider): MonitoredFunction {
    const existing = this.functions.get(provider);
    if (existing !== undefined) {
      return existing;
    }
    const isUsual = provider._resourceId === 'Resource' && Stack.of(provider) === Stack.of(this.monitor);
    const id = isUsual ? 'Function' : `Function${provider.node.addr.slice(-8)}`;
    const created = new MonitoredFunction(this.monitor, id, provider, this.options);
    this.functions.set(provider, created);
    return created;
  }
}

/** Where the functions log that test some connections. */
export function logGroupsOf(connections: readonly MonitoredConnection[]): string[] {
  return [...new Set(connections.map(({ test }) => test._provider._function?.logGroup.logGroupName ?? ''))];
}
