import { App, Duration, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ConnectionMonitor, ConnectionTarget, ConnectionTest } from '../../../../lib/index';
import { contextOf } from '../../../cli/apps/data-store';

/**
 * Two stacks with monitors: one tests every minute, the other one after a secret has changed. The secrets exist already: in
 * MiniStack, `Ref` of a secret is its name, so that no rule would have its ARN.
 */
const app = new App();

function monitorStack(id: string, names: readonly string[], schedule: ScheduleExpression): void {
  const stack = new Stack(app, id);
  const tests = names.map((name) => {
    const connection = new glue.Connection(stack, name, {
      connectionName: name,
      type: glue.ConnectionType.JDBC,
      properties: { JDBC_CONNECTION_URL: contextOf(stack, 'jdbcUrl') },
      secret: secretsmanager.Secret.fromSecretCompleteArn(stack, `${name}Secret`, arnOf(stack, name)),
    });
    return new ConnectionTest(stack, `${name}Test`, { target: ConnectionTarget.fromConnection(connection) });
  });
  new ConnectionMonitor(stack, 'Monitor', { tests, schedule });
}

/** By the context; without it, one that only looks right. */
function arnOf(stack: Stack, name: string): string {
  const given = stack.node.tryGetContext(name) as string | undefined;
  return given ?? `arn:aws:secretsmanager:us-east-1:111122223333:secret:${name}-AbCdEf`;
}

monitorStack('Minutely', ['orders'], ScheduleExpression.rate(Duration.minutes(1)));
monitorStack('Hourly', ['sales', 'stock'], ScheduleExpression.rate(Duration.hours(1)));
