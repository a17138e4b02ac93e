import { Lazy, Stack, Token, type CfnResource, type IResolveContext } from 'aws-cdk-lib';
import { digestOf } from './identity';
import { entryOf, evaluate } from './references';
import { isIntrinsic } from './resolvers';

/** What a connection of this app says of itself, as far as testing it needs to know. */
export interface ConnectionDefinition {
  /** The name, where the app gives one. */
  readonly literalName: string | undefined;
  /** Where it is known at synthesis. */
  readonly connectionType?: string | undefined;
  readonly catalogId?: string | undefined;
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

/** Properties that name secrets which Glue reads. */
export const SECRET_PROPERTIES = ['SECRET_ID', 'KAFKA_SASL_SCRAM_SECRETS_ARN'];

/**
 * Reads a connection as it stands in the template now, overrides included; the fingerprint also shows what comes later.
 */
export function readDefinition(connection: CfnResource): ConnectionDefinition {
  const { Properties } = entryOf(evaluate(connection, connection._toCloudFormation()));
  const { CatalogId, ConnectionInput } = known(Properties) ?? {};
  const input = known(ConnectionInput);
  const properties = known(input?.ConnectionProperties ?? {});
  const network = known(input?.PhysicalConnectionRequirements ?? {});
  const authentication = known(input?.AuthenticationConfiguration ?? {});
  const named = [...SECRET_PROPERTIES.map((name) => properties?.[name]), authentication?.SecretArn];
  const secretIds = named.filter((id) => id !== undefined).map(asString);
  const groups = network?.SecurityGroupIdList;
  return {
    literalName: literal(input?.Name),
    connectionType: literal(input?.ConnectionType),
    catalogId: CatalogId === undefined ? undefined : asString(CatalogId),
    secretIds: properties === undefined || authentication === undefined || input === undefined ? undefined : secretIds,
    roleArn: properties?.ROLE_ARN === undefined ? undefined : asString(properties.ROLE_ARN),
    inVpc: input === undefined || network === undefined ? undefined : network.SubnetId !== undefined,
    subnetId: network?.SubnetId === undefined ? undefined : asString(network.SubnetId),
    securityGroupIds: Array.isArray(groups) ? groups.map(asString) : undefined,
    fingerprint: Lazy.uncachedString({ produce: (context) => fingerprint(connection, context) }),
  };
}

/** The members of an object; undefined for an intrinsic function such as `Fn::If`, which has none before deployment. */
function known(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !isIntrinsic(value)
    ? Object.fromEntries(Object.entries(value).filter(([, member]) => !isNothing(member)))
    : undefined;
}

/** What CloudFormation takes for a property that is not there. */
function isNothing(value: unknown): boolean {
  return value === null || (isIntrinsic(value) && value.Ref === 'AWS::NoValue');
}

/** A string, or an intrinsic function that yields one. */
function asString(value: unknown): string {
  return typeof value === 'string' ? value : Token.asString(value);
}

function literal(value: unknown): string | undefined {
  return typeof value === 'string' && !Token.isUnresolved(value) ? value : undefined;
}

function fingerprint(connection: CfnResource, context: IResolveContext): string {
  if (context.preparing) {
    // References to other stacks can't be resolved yet, and there are none to find in a hash.
    return '';
  }
  const { Properties } = entryOf(Stack.of(connection).resolve(connection._toCloudFormation()));
  return digestOf(Properties ?? {}, 32);
}
