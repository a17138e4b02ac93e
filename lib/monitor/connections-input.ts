import { Aws, Fn, Stack, Token } from 'aws-cdk-lib';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import type { MonitorSettings } from '../../lambda/monitor/contract';
import type { MonitoredConnection } from './monitored-connection';

/** What the recurring schedule sends: a `ScheduledEvent`, without connections that do not exist. */
export class ConnectionsInput extends scheduler.ScheduleTargetInput {
  constructor(
    private readonly scope: Construct,
    private readonly settings: MonitorSettings,
    private readonly connections: readonly MonitoredConnection[],
    private readonly metrics: boolean,
  ) {
    super();
  }

  bind(): string {
    const stack = Stack.of(this.scope);
    const entries = this.connections.map((connection) => {
      const entry = stack.toJsonString(connection.entry(this.metrics));
      const { condition } = connection;
      return condition === undefined ? entry : Token.asString(Fn.conditionIf(condition.logicalId, entry, Aws.NO_VALUE));
    });
    return `{"Monitor":${stack.toJsonString(this.settings)},"Connections":[${Fn.join(',', entries)}]}`;
  }
}
