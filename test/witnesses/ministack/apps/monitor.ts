import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { ConnectionMonitor, ConnectionTarget, ConnectionTest } from '../../../../lib/index';
import { DataStore } from '../../../cli/apps/data-store';

/** Two stacks with monitors: one tests every minute, the other one after a secret has changed. */
const app = new App();

function monitorStack(id: string, names: readonly string[], schedule: ScheduleExpression): void {
  const stack = new Stack(app, id);
  const tests = names.map((name) => {
    const dataStore = new DataStore(new Construct(stack, name));
    new CfnOutput(stack, `${name}Secret`, { value: dataStore.secret.secretArn });
    const connection = dataStore.connection('Connection', { connectionName: name });
    return new ConnectionTest(stack, `${name}Test`, { target: ConnectionTarget.fromConnection(connection) });
  });
  new ConnectionMonitor(stack, 'Monitor', { tests, schedule });
}

monitorStack('Minutely', ['orders'], ScheduleExpression.rate(Duration.minutes(1)));
monitorStack('Hourly', ['sales', 'stock'], ScheduleExpression.rate(Duration.hours(1)));
