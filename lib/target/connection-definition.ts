import { CfnResource, Lazy, Token, type IResolveContext } from 'aws-cdk-lib';
import { digestOf } from '../cdk/identity';
import { evaluateResource, templateEntryOf } from '../cdk/references';
import { asText, isIntrinsic } from '../cdk/resolvers';

/** A file in Amazon S3 that a connection names. */
export interface ConnectionFile {
  readonly property: string;
  readonly uri: string;
}

/** Properties that name secrets which Glue reads. */
export const SECRET_PROPERTIES = ['SECRET_ID', 'KAFKA_SASL_SCRAM_SECRETS_ARN'];

/** The parts of a connection's definition that its test needs. */
export interface ConnectionDefinition {
  /** The name, where the app gives one. */
  readonly literalName: string | undefined;
  /** Undefined if it is only known at deployment. */
  readonly connectionType?: string | undefined;
  readonly catalogId?: string | undefined;
  /** Names or ARNs of the secrets that hold the credentials; undefined where that is only known at deployment. */
  readonly secretIds: readonly string[] | undefined;
  /** Files in Amazon S3: a driver, a certificate. */
  readonly files?: readonly ConnectionFile[];
  /** The key that Glue encrypts the connection's own credentials with. */
  readonly authenticationKeyArn?: string | undefined;
  /** The role that Glue assumes to reach the data store. */
  readonly roleArn: string | undefined;
  /** Whether it is in a VPC; undefined where that is only known at deployment. */
  readonly inVpc: boolean | undefined;
  readonly subnetId: string | undefined;
  /** Undefined if there are none, or if they are only known at deployment. */
  readonly securityGroupIds: readonly string[] | undefined;
}

/** Checks the type instead of the class, since an app may have several copies of aws-cdk-lib. */
export function isCfnConnection(value: unknown): value is CfnResource {
  return CfnResource.isCfnResource(value) && value.cfnResourceType === 'AWS::Glue::Connection';
}

/**
 * Reads a connection as it is in the template now, with overrides.
 */
export function readDefinition(connection: CfnResource): ConnectionDefinition {
  const { Properties } = evaluateResource(connection);
  const { CatalogId, ConnectionInput } = membersOf(Properties) ?? {};
  const input = membersOf(ConnectionInput);
  const properties = membersOf(input?.ConnectionProperties ?? {});
  const network = membersOf(input?.PhysicalConnectionRequirements ?? {});
  const authentication = membersOf(input?.AuthenticationConfiguration ?? {});
  const spark = sparkPropertiesOf(input, properties);
  const secretIds = [
    ...SECRET_PROPERTIES.map((name) => properties?.[name]),
    authentication?.SecretArn,
    spark?.secretId,
  ].filter((id) => id !== undefined);
  const isKnown = [input, properties, authentication, spark].every((part) => part !== undefined);
  const groups = network?.SecurityGroupIdList;
  return {
    literalName: literal(input?.Name),
    connectionType: literal(input?.ConnectionType),
    catalogId: CatalogId === undefined ? undefined : asText(CatalogId),
    secretIds: isKnown ? secretIds.map(asText) : undefined,
    files: filesNamedBy((property) => properties?.[property]),
    authenticationKeyArn: authentication?.KmsKeyArn === undefined ? undefined : asText(authentication.KmsKeyArn),
    roleArn: properties?.ROLE_ARN === undefined ? undefined : asText(properties.ROLE_ARN),
    inVpc: input === undefined || network === undefined ? undefined : network.SubnetId !== undefined,
    subnetId: network?.SubnetId === undefined ? undefined : asText(network.SubnetId),
    securityGroupIds: Array.isArray(groups) ? groups.map(asText) : undefined,
  };
}

/** The driver and the certificate. */
export function filesNamedBy(valueOf: (property: string) => unknown): ConnectionFile[] {
  return ['JDBC_DRIVER_JAR_URI', 'CUSTOM_JDBC_CERT'].flatMap((property) => {
    const value = valueOf(property);
    return value === undefined ? [] : [{ property, uri: asText(value) }];
  });
}

/** Connections such as BigQuery's name their secret here: in a map of its own, or as JSON among the properties. */
function sparkPropertiesOf(
  input: Readonly<Record<string, unknown>> | undefined,
  properties: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, unknown>> | undefined {
  const inMap = membersOf(input?.SparkProperties ?? {});
  const inText = membersOf(parsed(properties?.SparkProperties ?? {}));
  return inMap && inText && { ...inMap, ...inText };
}

/** What JSON holds; undefined where it is put together at deployment, so that nothing can be read from it. */
function parsed(json: unknown): unknown {
  try {
    return typeof json === 'string' ? JSON.parse(json) : json;
  } catch {
    return undefined;
  }
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

function literal(value: unknown): string | undefined {
  return typeof value === 'string' && !Token.isUnresolved(value) ? value : undefined;
}

/** A token whose string changes whenever the connection's definition in the template changes. */
export function fingerprintOf(connection: CfnResource): string {
  return Lazy.uncachedString({ produce: (context) => fingerprint(connection, context) });
}

function fingerprint(connection: CfnResource, context: IResolveContext): string {
  if (context.preparing) {
    // References to other stacks can't be resolved yet, and there are none to find in a hash.
    return '';
  }
  const properties = resolvedProperties(connection);
  JUST_RESOLVED.set(connection, properties);
  return digestOf(properties, 32);
}

/** Of connections whose fingerprints were taken last. */
const JUST_RESOLVED = new WeakMap<CfnResource, Properties>();

type Properties = Readonly<Record<string, unknown>>;

/**
 * The properties of a connection in the template, for what stands there next to a fingerprint: resolved once for both,
 * and then no more.
 */
export function propertiesAtFingerprint(connection: CfnResource): Properties {
  const properties = JUST_RESOLVED.get(connection) ?? resolvedProperties(connection);
  JUST_RESOLVED.delete(connection);
  return properties;
}

function resolvedProperties(connection: CfnResource): Properties {
  return templateEntryOf(connection).Properties ?? {};
}
