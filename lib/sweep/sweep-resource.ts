import { CustomResource, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as cr from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import type { ConnectionSweepAttributes, ConnectionSweepProperties } from '../../lambda/sweep-resource/contract';

/** How often the result is asked for. */
const QUERY_INTERVAL = Duration.seconds(10);

/**
 * Runs a sweep while the stack is deployed, by the CDK's provider framework, which waits for up to an hour.
 *
 * The framework reports only "Operation timed out" when it gives up, so that the function ends the wait before.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources-readme.html#provider-framework
 */
export class SweepResource extends Construct {
  readonly resource: CustomResource;
  readonly serviceToken: string;

  constructor(
    scope: Construct,
    id: string,
    handler: lambda.IFunction,
    stateMachine: sfn.IStateMachine,
    properties: Omit<ConnectionSweepProperties, 'StateMachineArn'>,
  ) {
    super(scope, id);
    const framework = new cr.Provider(this, 'Framework', {
      onEventHandler: handler,
      isCompleteHandler: handler,
      queryInterval: QUERY_INTERVAL,
      totalTimeout: Duration.hours(1),
      logGroup: new logs.LogGroup(this, 'LogGroup', {
        retention: logs.RetentionDays.ONE_MONTH,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      // What it logs has the address to which CloudFormation is answered: https://github.com/aws/aws-cdk/issues/21224
      disableWaiterStateMachineLogging: true,
    });
    this.serviceToken = framework.serviceToken;
    this.resource = new CustomResource(this, 'Default', {
      resourceType: 'Custom::GlueConnectionSweep',
      serviceToken: framework.serviceToken,
      serviceTimeout: Duration.hours(1),
      properties: { StateMachineArn: stateMachine.stateMachineArn, ...properties } satisfies ConnectionSweepProperties,
    });
  }

  attribute(name: keyof ConnectionSweepAttributes): string {
    return this.resource.getAttString(name);
  }
}
