/**
 * A CDK app that tests all Glue connections of an account and Region whose names begin with "prod-": while it deploys, and
 * each night. Each execution writes a report into a bucket. Who is subscribed to the topic is told when a sweep found broken
 * connections.
 *
 * In a project that has the packages cdk-glue-connection-test and tsx:
 *
 *   npx cdk deploy --app 'npx tsx sweep.ts'
 */
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { ConnectionSweep, OnFailure } from 'cdk-glue-connection-test';

const app = new App();
const stack = new Stack(app, 'ConnectionSweep');

const sweep = new ConnectionSweep(stack, 'AllConnections', {
  include: ['prod-*'],
  exclude: ['prod-legacy-*'],
  inVpc: true,
  secrets: [secretsmanager.Secret.fromSecretNameV2(stack, 'Credentials', 'prod/database')],
  patience: Duration.minutes(20),
  // What other teams have broken does not stop this deployment.
  onFailure: OnFailure.REPORT,
  schedule: ScheduleExpression.cron({ hour: '3', minute: '0' }),
  reportBucket: new s3.Bucket(stack, 'Reports', {
    enforceSSL: true,
    lifecycleRules: [{ expiration: Duration.days(90) }],
  }),
});
sweep.addAlarmAction(new actions.SnsAction(new sns.Topic(stack, 'ConnectionAlarms', { enforceSSL: true })));

new CfnOutput(stack, 'Failed', { value: sweep.failed });
new CfnOutput(stack, 'Report', { value: sweep.report });

app.synth();
