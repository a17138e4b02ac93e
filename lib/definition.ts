import { Lazy, Stack, Token, type CfnResource, type IResolveContext } from 'aws-cdk-lib';
import type * as glue from 'aws-cdk-lib/aws-glue';
import { createHash } from 'node:crypto';
import { evaluate } from './references';

/** What a connection of this app says of itself, as far as testing it needs to know. */
export interface ConnectionDefinition {
  /** The name, where the app gives one. */
  readonly literalName: string | undefined;
  /** Names or ARNs of the secrets that hold the credentials; undefined where that is only known at deployment. */
  readonly secretIds: readonly string[] | undefined;
  /** The role that Glue assumes to reach the data store. */
  readonly roleArn: string | undefined;
  /** Whether it lies in a VPC; undefined where that is only known at deployment. */
  readonly inVpc: boolean | undefined;
  readonly subnetId: string | undefined;
  /** Undefined where there are none, or which is only known at deployment. */
  readonly securityGroupIds: readonly string[] | undefined;
  /** A token that is another string whenever the connection's definition in the template is another. */
  readonly fingerprint?: string;
}

/** Reads a connection as it is defined now; what is set on it later shows in the fingerprint only. */
export function readDefinition(connection: glue.CfnConnection): ConnectionDefinition {
  const evaluated = evaluate(connection, connection.connectionInput);
  const input = known(evaluated);
  const properties = known(input?.connectionProperties ?? {});
  const network = known(input?.physicalConnectionRequirements ?? {});
  const authentication = known(input?.authenticationConfiguration ?? {});
  const name = input?.name;
  const secretIds = [properties?.SECRET_ID, authentication?.secretArn].filter((id) => id !== undefined).map(asString);
  const groups = network?.securityGroupIdList;
  return {
    literalName: typeof name === 'string' && !Token.isUnresolved(name) ? name : undefined,
    secretIds: properties === undefined || authentication === undefined || input === undefined ? undefined : secretIds,
    roleArn: properties?.ROLE_ARN === undefined ? undefined : asString(properties.ROLE_ARN),
    inVpc: input === undefined || network === undefined ? undefined : network.subnetId !== undefined,
    subnetId: network?.subnetId === undefined ? undefined : asString(network.subnetId),
    securityGroupIds: Array.isArray(groups) ? groups.map(asString) : undefined,
    fingerprint: Lazy.uncachedString({ produce: (context) => fingerprint(connection, context) }),
  };
}

/** The members of an object; undefined for an intrinsic function such as `Fn::If`, which has none before deployment. */
function known(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
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
