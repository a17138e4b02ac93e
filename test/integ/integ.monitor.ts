/**
 * Two monitors that run every minute: one with an alarm for each connection, one with a single alarm by Metrics Insights.
 * `-c release=2` changes the secret, which tests its connection about a minute later.
 */
import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App, Duration, SecretValue } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ConnectionMonitor, ConnectionTarget, ConnectionTest, OnFailure } from '../../lib/index';
import { VerifyStack } from './verify-stack';

const app = new App();
const stack = new VerifyStack(app, 'GlueVerifyMonitor');
const release = stack.context('release') ?? '1';
// Made up: nothing listens where it would be used.
const secret = new secretsmanager.Secret(stack, 'Secret', {
  secretObjectValue: {
    username: SecretValue.unsafePlainText('orders'),
    password: SecretValue.unsafePlainText(`made-up-${release}`),
  },
});

function monitored(id: string, maxAlarms: number): void {
  const connection = stack.connection(id, {
    connectionType: 'JDBC',
    connectionProperties: {
      JDBC_CONNECTION_URL: 'jdbc:postgresql://db.invalid:5432/orders',
      SECRET_ID: secret.secretArn,
    },
  });
  const test = new ConnectionTest(stack, `${id}Test`, {
    target: ConnectionTarget.fromCfnConnection(connection),
    ...{ secret, onFailure: OnFailure.REPORT, maxAttempts: 1, timeout: Duration.seconds(30) },
  });
  stack.outcome(id, test);
  new ConnectionMonitor(stack, `${id}Monitor`, {
    ...{ tests: [test], maxAlarms, dashboard: true },
    schedule: ScheduleExpression.rate(Duration.minutes(1)),
  });
}

monitored('EachAlarm', 50);
monitored('OneAlarm', 0);

new IntegTest(app, 'Monitor', { testCases: [stack] });
