import { Lazy, Stack, Token, type CfnResource, type IResolveContext } from 'aws-cdk-lib';
import type * as glue from 'aws-cdk-lib/aws-glue';
import { createHash } from 'node:crypto';
import { evaluate } from './references';

/** What a connection of this app says of itself, as far as testing it needs to know. */
export interface ConnectionDefinition {
  /** The name, where the app gives one. */
  readonly literalName: string | undefined;
  /** Names or ARNs of the secrets that hold the credentials. */
  readonly secretIds: readonly string[];
  /** The role that Glue assumes to reach the data store. */
  readonly roleArn: string | undefined;
  readonly inVpc: boolean;
  readonly subnetId: string | undefined;
  readonly securityGroupIds: readonly string[];
  /** A token that is another string whenever the connection's definition in the template is another. */
  readonly fingerprint: string;
}

/** Reads a connection as it is defined now; what is set on it later shows in the fingerprint only. */
export function readDefinition(connection: glue.CfnConnection): ConnectionDefinition {
  const input = evaluate(connection, connection.connectionInput) as glue.CfnConnection.ConnectionInputProperty;
  const properties = (input.connectionProperties ?? {}) as Record<string, unknown>;
  const network = input.physicalConnectionRequirements as
    glue.CfnConnection.PhysicalConnectionRequirementsProperty | undefined;
  const authentication = input.authenticationConfiguration as
    glue.CfnConnection.AuthenticationConfigurationProperty | undefined;
  const { name } = input;
  return {
    literalName: typeof name === 'string' && !Token.isUnresolved(name) ? name : undefined,
    secretIds: [properties.SECRET_ID, authentication?.secretArn].filter((id) => id !== undefined).map(asString),
    roleArn: properties.ROLE_ARN === undefined ? undefined : asString(properties.ROLE_ARN),
    inVpc: network?.subnetId !== undefined,
    subnetId: network?.subnetId === undefined ? undefined : asString(network.subnetId),
    securityGroupIds: (network?.securityGroupIdList ?? []).map(asString),
    fingerprint: Lazy.uncachedString({ produce: (context) => fingerprint(connection, context) }),
  };
}

/** A string, or an intrinsic function that yields one. */
function asString(value: unknown): string {
  return typeof value === 'string' ? value : Token.asString(value);
}

function fingerprint(connection: CfnResource, context: IResolveContext): string {
  if (context.preparing) {
    // References to other stacks can't be resolved yet, and there are none to find in a hash.
    return '';
  }
  const { Resources } = Stack.of(connection).resolve(connection._toCloudFormation()) as {
    Resources: Record<string, { Properties?: unknown }>;
  };
  const properties = Object.values(Resources).map((resource) => resource.Properties);
  return createHash('sha256').update(JSON.stringify(properties)).digest('hex').slice(0, 32);
}
