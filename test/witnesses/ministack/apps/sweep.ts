import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { ConnectionSweep } from '../../../../lib/index';

/** The sweep of an account, during the deployment and after it. */
const app = new App();
const context = (name: string): string => String(app.node.tryGetContext(name) ?? '');

class SweepStack extends Stack {
  constructor(id: string) {
    super(app, id);
    const sweep = new ConnectionSweep(this, 'All', {
      include: context('include') === '' ? undefined : context('include').split(','),
      exclude: ['excluded-*'],
      inVpc: false,
      secrets: [],
      maxConcurrency: Number(context('maxConcurrency') || 5),
      patience: Duration.seconds(Number(context('patience') || 120)),
      duringDeployment: context('duringDeployment') !== 'false',
    });
    new CfnOutput(this, 'StateMachine', { value: sweep.stateMachine.stateMachineArn });
    if (context('duringDeployment') !== 'false') {
      new CfnOutput(this, 'Failed', { value: sweep.failed });
      new CfnOutput(this, 'Report', { value: sweep.report });
    }
  }
}

new SweepStack('Sweep');
