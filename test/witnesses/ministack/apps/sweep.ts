import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ConnectionTestProvider } from '../../../../lib/index';
import { SweepStateMachine } from '../../../../lib/sweep/state-machine';

/** The state machine of a sweep, with the function of the stack's provider. */
const app = new App();
const stack = new Stack(app, 'Sweep');
const { serviceToken } = ConnectionTestProvider.getOrCreate(stack);

const { stateMachine } = new SweepStateMachine(stack, 'Sweep', {
  handler: lambda.Function.fromFunctionAttributes(stack, 'Handler', {
    functionArn: serviceToken,
    sameEnvironment: true,
  }),
  selection: { Exclude: ['excluded-*'] },
  test: {},
  maxConcurrency: Number(stack.node.tryGetContext('maxConcurrency')),
  patienceSeconds: 120,
});
new CfnOutput(stack, 'StateMachine', { value: stateMachine.stateMachineArn });
