import { CfnResource, Lazy, Stack, Token, type IResolveContext } from 'aws-cdk-lib';
import { digestOf } from '../cdk/identity';
import { entryOf, evaluate } from '../cdk/references';
import { isIntrinsic } from '../cdk/resolvers';

/** The parts of a connection's definition that its test needs. */
export interface ConnectionDefinition {
  /** The name, where the app gives one. */
  readonly literalName: string | undefined;
  /** Undefined if it is only known at deployment. */
  readonly connectionType?: string | undefined;
  readonly catalogId?: string | undefined;
  /** Names or ARNs of the secrets that hold the credentials; undefined where that is only known at deployment. */
  readonly secretIds: readonly string[] | undefined;
  /** The role that Glue assumes to reach the data store. */
  readonly roleArn: string | undefined;
  /** Whether it is in a VPC; undefined where that is only known at deployment. */
  readonly inVpc: boolean | undefined;
  readonly subnetId: string | undefined;
  /** Undefined if there are none, or if they are only known at deployment. */
  readonly securityGroupIds: readonly string[] | undefined;
  /** A token whose string changes whenever the connection's definition in the template changes. */
  readonly fingerprint?: string;
}

/** Checks the type instead of the class, since an app may have several copies of aws-cdk-lib. */
export function isCfnConnection(value: unknown): value is CfnResource {
  return CfnResource.isCfnResource(value) && value.cfnResourceType === 'AWS::Glue::Connection';
}

/**
 * Reads a connection as it would be in the template now, with overrides. Later changes affect only the fingerprint.
 */
export function readDefinition(connection: CfnResource): ConnectionDefinition {
  const { Properties } = entryOf(evaluate(connection, connection._toCloudFormation()));
  const { CatalogId, ConnectionInput } = membersOf(Properties) ?? {};
  const input = membersOf(ConnectionInput);
  const properties = membersOf(input?.ConnectionProperties ?? {});
  const network = membersOf(input?.PhysicalConnectionRequirements ?? {});
  const authentication = membersOf(input?.AuthenticationConfiguration ?? {});
  const secretIds = [properties?.SECRET_ID, authentication?.SecretArn].filter((id) => id !== undefined).map(asString);
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
function membersOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !isIntrinsic(value)
    ? Object.fromEntries(Object.entries(value).filter(([, member]) => !isNothing(member)))
    : undefined;
}

/** Whether CloudFormation treats the value as if the property were not there. */
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
