/**
 * What CloudFormation does with a test: when only its DependsOn changes, when an update fails, when a creation fails, and
 * when a failed creation is rolled back on demand. No store is needed: the host does not exist.
 *
 * `-c phase=` 1 creates the stack, 2 adds a dependency and nothing else, 3 lets the test fail the update.
 */
import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App, Duration } from 'aws-cdk-lib';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { ConnectionTarget, ConnectionTest, OnFailure } from '../../lib/index';
import { VerifyStack } from './verify-stack';

const app = new App();

/** A connection that can't work, its test, and a resource beside them. */
class Lifecycle extends VerifyStack {
  readonly test: ConnectionTest;
  readonly beside: ssm.StringParameter;

  constructor(id: string, onFailure: OnFailure, release = '1') {
    super(app, id);
    const connection = this.connection('UnknownHost', {
      connectionType: 'JDBC',
      connectionProperties: {
        JDBC_CONNECTION_URL: 'jdbc:postgresql://db.invalid:5432/orders',
        USERNAME: 'orders',
        PASSWORD: 'made-up',
      },
    });
    this.test = new ConnectionTest(this, 'Test', {
      target: ConnectionTarget.fromCfnConnection(connection),
      ...{ onFailure, maxAttempts: 1, timeout: Duration.minutes(2), triggers: { release } },
    });
    this.beside = new ssm.StringParameter(this, 'Beside', { stringValue: release });
  }
}

const phase = String(app.node.tryGetContext('phase') ?? '1');
const lifecycle = new Lifecycle(
  'GlueVerifyLifecycle',
  phase === '3' ? OnFailure.FAIL : OnFailure.REPORT,
  phase === '3' ? '2' : '1',
);
if (phase !== '1') {
  lifecycle.test.node.addDependency(lifecycle.beside);
}
const failing = ['GlueVerifyCreateRollback', 'GlueVerifyNoRollback'].map((id) => new Lifecycle(id, OnFailure.FAIL));

new IntegTest(app, 'Lifecycle', { testCases: [lifecycle, ...failing] });
