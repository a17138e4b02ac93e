import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isSecretName } from '../../lambda/base/redaction/secret-names';
import { elementOf, givenByParent } from '../cdk/nested-stacks';
import { namedIn } from '../cdk/references';
import { isIntrinsic } from '../cdk/resolvers';
import { holdsSecretInUrl } from '../secrets/plain-secrets';

/**
 * The connection's properties that are watched: where the data store is, how it is reached, and which secret it takes.
 * None of them is a secret. What is not in this list is not watched, so that a property that AWS adds is safe.
 *
 * @see https://docs.aws.amazon.com/glue/latest/dg/connection-properties.html
 */
const WATCHED_PROPERTIES: ReadonlySet<string> = new Set([
  ...[
    ...['JDBC_CONNECTION_URL', 'CONNECTION_URL', 'INSTANCE_URL', 'ENDPOINT', 'ENDPOINT_TYPE'],
    ...['HOST', 'PORT', 'KAFKA_BOOTSTRAP_SERVERS', 'REGION'],
    ...['DATABASE', 'INSTANCE_ID', 'CLUSTER_IDENTIFIER', 'WORKGROUP_NAME', 'JDBC_ENGINE'],
    ...['JDBC_ENFORCE_SSL', 'SKIP_CUSTOM_JDBC_CERT_VALIDATION', 'CUSTOM_JDBC_CERT'],
    ...['KAFKA_SSL_ENABLED', 'KAFKA_SKIP_CUSTOM_CERT_VALIDATION', 'KAFKA_CUSTOM_CERT'],
    ...['SECRET_ID', 'KAFKA_SASL_SCRAM_SECRETS_ARN', 'ROLE_ARN'],
  ].map((name) => `ConnectionProperties.${name}`),
  'AuthenticationConfiguration.SecretArn',
  'AuthenticationConfiguration.OAuth2Properties.TokenUrl',
  'PhysicalConnectionRequirements.AvailabilityZone',
  'PhysicalConnectionRequirements.SubnetId',
  'PhysicalConnectionRequirements.SecurityGroupIdList',
]);

/** Whether a property of the connection's input is watched, by its path; a list's elements are as the list is. */
export function isWatched(path: string): boolean {
  return WATCHED_PROPERTIES.has(path.replace(/\.\d+$/, ''));
}

/**
 * Whether the value of a watched property may still reveal a secret: a URL with a password, or a parameter that is not
 * to be shown.
 *
 * @param scope the connection
 * @param value the value as `resolveWithReferences` gives it, with what is referred to
 */
export function mayRevealSecret(
  scope: IConstruct,
  value: unknown,
  references: ReadonlyMap<string, IConstruct>,
): boolean {
  return (
    /\{\{resolve:(secretsmanager|ssm-secure):/.test(JSON.stringify(value ?? null)) ||
    textsIn(value).some(holdsSecretInUrl) ||
    namedIn(value).some(
      ({ name, attribute }) =>
        isSecretName(attribute) || isNoEcho(references.get(name) ?? elementOf(Stack.of(scope), name)),
    )
  );
}

/** Whether a parameter has `NoEcho`, or is given such a value by the stack around. */
function isNoEcho(construct: IConstruct | undefined): boolean {
  if (construct === undefined || !('noEcho' in construct)) {
    return false;
  }
  const given = givenByParent(construct);
  return (
    construct.noEcho === true || (given !== undefined && mayRevealSecret(given.scope, given.value, given.references))
  );
}

/** Every text that is put together in a value. */
function textsIn(value: unknown): string[] {
  const parts = typeof value === 'object' && value !== null ? Object.values(value) : [];
  return [flatten(value), ...parts.flatMap(textsIn)];
}

/** As the value will look, with something in place of what is only known at deployment. */
function flatten(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  if (!isIntrinsic(value)) {
    return 'x';
  }
  const { 'Fn::Join': join, 'Fn::Sub': substitution } = value;
  if (Array.isArray(join) && Array.isArray(join[1])) {
    return join[1].map(flatten).join(String(join[0]));
  }
  const template: unknown = Array.isArray(substitution) ? substitution[0] : substitution;
  return typeof template === 'string' ? template.replace(/\$\{[^}]*\}/g, 'x') : 'x';
}
