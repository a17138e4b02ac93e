import { CfnOutput, DefaultStackSynthesizer, Stack, Token, Validations, type CfnResource } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { ConnectionTestProvider } from '../../lib/index';
import { parameterInterface } from './parameter-groups';
import { addRules } from './parameter-rules';
import { Parameters } from './parameters';
import { statements } from './permissions';

export interface ProviderStackProps {
  /** The function's whole code, one CommonJS file. */
  readonly code: string;
  /** Of the package. */
  readonly version: string;
}

/**
 * `ConnectionTestProvider` as a stack of its own, for those who write CloudFormation by hand: whatever differs is a
 * parameter, and the template needs nothing beside itself.
 */
export class ProviderStack extends Stack {
  constructor(scope: Construct, id: string, { code, version }: ProviderStackProps) {
    super(scope, id, {
      analyticsReporting: false,
      description: `Tests Glue connections while stacks are deployed (cdk-glue-connection-test ${version})`,
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
    });

    const parameters = new Parameters(this);
    addRules(this, parameters);
    this.templateOptions.templateFormatVersion = '2010-09-09';
    this.templateOptions.metadata = { 'AWS::CloudFormation::Interface': parameterInterface() };

    const provider = new ConnectionTestProvider(this, 'Provider');
    const resourceOf = (id: string): CfnResource => {
      const resource = provider.node.findChild(id).node.defaultChild as CfnResource;
      // For those who read the template.
      resource.overrideLogicalId(id);
      return resource;
    };

    const handler = resourceOf('Function') as lambda.CfnFunction;
    handler.code = { zipFile: code };
    handler.description = `Tests the Glue connections of stacks while they are deployed (cdk-glue-connection-test ${version})`;
    handler.architectures = [parameters.architecture.valueAsString];
    handler.addPropertyOverride(
      'VpcConfig',
      parameters.subnetIds.whereGiven({
        SubnetIds: parameters.subnetIds.values,
        SecurityGroupIds: parameters.securityGroupIds.whereGiven(parameters.securityGroupIds.values),
      }),
    );

    const role = resourceOf('Role') as iam.CfnRole;
    role.description = 'Tests the Glue connections of stacks while they are deployed';
    role.permissionsBoundary = Token.asString(
      parameters.permissionsBoundary.whereGiven(parameters.permissionsBoundary.value),
    );

    const logGroup = resourceOf('LogGroup') as logs.CfnLogGroup;
    logGroup.retentionInDays = parameters.logRetention.valueAsNumber;
    logGroup.kmsKeyId = Token.asString(parameters.logKeyArn.whereGiven(parameters.logKeyArn.value));

    const policy = resourceOf('Policy') as iam.CfnManagedPolicy;
    const allowed = statements(this, parameters, logGroup.attrArn);
    policy.policyDocument = { Version: '2012-10-17', Statement: allowed.map(({ statement }) => statement) };
    policy.addMetadata(
      'Wildcards',
      Object.fromEntries(allowed.flatMap(({ sid, wildcards }) => (wildcards === undefined ? [] : [[sid, wildcards]]))),
    );

    // Without the role, which it names anyway.
    handler.addOverride('DependsOn', [policy.logicalId]);

    acknowledge(this, 'W2509', 'The parameters SecretNamePattern and SecretKeyArns only name secrets and keys.');
    const unseen =
      "The rule takes the parameter's empty default for the value, where a condition leaves the property out.";
    acknowledge(handler, 'E1150', unseen);
    acknowledge(handler, 'F3031', unseen);
    acknowledge(logGroup, 'F3031', unseen);
    acknowledge(role, 'F3033', unseen);

    new CfnOutput(this, 'ServiceToken', {
      value: provider.serviceToken,
      description: 'What custom resources of the type Custom::GlueConnectionTest name as their ServiceToken.',
      exportName: parameters.exportName.valueAsString,
    });
    new CfnOutput(this, 'RoleArn', { value: provider.role.roleArn, description: 'The role that runs the tests.' });
    new CfnOutput(this, 'LogGroupName', {
      value: provider.logGroup.logGroupName,
      description: 'Where the function logs.',
    });
  }
}

function acknowledge(construct: Construct, rule: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: `CloudFormation-Validate::${rule}`, reason });
}
