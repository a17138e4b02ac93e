import { Token, Validations, type CfnResource } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { ConnectionTestProvider } from '../../lib/index';
import type { OperationParameters } from './parameters';
import type { TemplateStatement } from './permissions';

interface Held {
  /** The function's whole code, one CommonJS file. */
  readonly code: string;
  readonly description: string;
}

/** The resources of a provider, as a template holds them that needs nothing beside itself. */
export class ProviderResources {
  readonly handler: lambda.CfnFunction;
  readonly role: iam.CfnRole;
  readonly logGroup: logs.CfnLogGroup;
  readonly policy: iam.CfnManagedPolicy;

  constructor(provider: ConnectionTestProvider, parameters: OperationParameters, { code, description }: Held) {
    const resourceOf = (id: string): CfnResource => {
      const resource = provider.node.findChild(id).node.defaultChild as CfnResource;
      // For those who read the template.
      resource.overrideLogicalId(id);
      return resource;
    };
    const { architecture } = parameters;

    this.handler = resourceOf('Function') as lambda.CfnFunction;
    this.handler.code = { zipFile: code };
    this.handler.description = description;
    this.handler.architectures = [architecture.valueAsString];

    this.role = resourceOf('Role') as iam.CfnRole;
    this.role.description = 'Tests the Glue connections of stacks while they are deployed';
    bound(this.role, parameters);

    this.logGroup = resourceOf('LogGroup') as logs.CfnLogGroup;
    keep(this.logGroup, parameters);

    this.policy = resourceOf('Policy') as iam.CfnManagedPolicy;
  }
}

/** Gives a role the permissions boundary, where there is one. */
export function bound(role: iam.CfnRole, { permissionsBoundary }: OperationParameters): void {
  role.permissionsBoundary = Token.asString(permissionsBoundary.whereGiven(permissionsBoundary.value));
  acknowledgeDefaults(role, ['F3033']);
}

/** Keeps a log for as long as is asked, with the key that is given. */
export function keep(logGroup: logs.CfnLogGroup, { logRetention, logKeyArn }: OperationParameters): void {
  logGroup.retentionInDays = logRetention.valueAsNumber;
  logGroup.kmsKeyId = Token.asString(logKeyArn.whereGiven(logKeyArn.value));
  acknowledgeDefaults(logGroup, ['F3031']);
}

/** Makes these all that a policy allows. Its metadata has the reason for each wildcard. */
export function allowInTemplate(policy: iam.CfnManagedPolicy, allowed: readonly TemplateStatement[]): void {
  policy.policyDocument = { Version: '2012-10-17', Statement: allowed.map(({ statement }) => statement) };
  policy.addMetadata(
    'Wildcards',
    Object.fromEntries(allowed.flatMap(({ sid, wildcards }) => (wildcards === undefined ? [] : [[sid, wildcards]]))),
  );
}

export function acknowledge(construct: Construct, rule: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: `CloudFormation-Validate::${rule}`, reason });
}

/** For rules that take a parameter's empty default for the value. */
export function acknowledgeDefaults(construct: Construct, rules: readonly string[]): void {
  rules.forEach((rule) => {
    acknowledge(
      construct,
      rule,
      "The rule takes the parameter's empty default for the value, where a condition leaves the property out.",
    );
  });
}
