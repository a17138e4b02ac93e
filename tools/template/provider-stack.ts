import { CfnOutput, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ConnectionTestProvider } from '../../lib/index';
import { parameterInterface, PROVIDER_GROUPS } from './parameter-groups';
import { addRules } from './parameter-rules';
import { Parameters } from './parameters';
import { statements } from './permissions';
import { acknowledge, acknowledgeDefaults, allowInTemplate, ProviderResources } from './provider-resources';

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
    this.templateOptions.metadata = { 'AWS::CloudFormation::Interface': parameterInterface(PROVIDER_GROUPS) };

    const provider = new ConnectionTestProvider(this, 'Provider');
    const { handler, logGroup, policy } = new ProviderResources(provider, parameters.operation, {
      code,
      description: `Tests the Glue connections of stacks while they are deployed (cdk-glue-connection-test ${version})`,
    });
    handler.addPropertyOverride(
      'VpcConfig',
      parameters.subnetIds.whereGiven({
        SubnetIds: parameters.subnetIds.values,
        SecurityGroupIds: parameters.securityGroupIds.whereGiven(parameters.securityGroupIds.values),
      }),
    );
    allowInTemplate(policy, statements(this, parameters, logGroup.attrArn));

    acknowledge(this, 'W2509', 'The parameters SecretNamePattern and SecretKeyArns only name secrets and keys.');
    acknowledgeDefaults(handler, ['E1150', 'F3031']);

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
