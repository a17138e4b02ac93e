import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { PropertyType, ResourceProperties, SpecDatabase } from '@aws-cdk/service-spec-types';
import { CfnResource } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import { CONNECTION_USES } from '../../lib/gate/connection-uses';
import { ConnectionTests } from '../../lib/index';
import { createConnection, createStack, resourcesOf } from './harness';

interface Candidate {
  readonly type: string;
  readonly path: string;
  readonly documentation: string;
}

/** Every property that holds a value, of every type that CloudFormation's specification describes. */
function allProperties(): Candidate[] {
  const database = loadAwsServiceSpecSync();
  return database
    .all('resource')
    .flatMap(({ cloudFormationType, properties }) =>
      leavesOf(database, properties, '', []).map((leaf) => ({ type: cloudFormationType, ...leaf })),
    );
}

function leavesOf(
  database: SpecDatabase,
  properties: ResourceProperties,
  prefix: string,
  within: readonly string[],
): Omit<Candidate, 'type'>[] {
  return Object.entries(properties).flatMap(([name, { type, documentation = '' }]) =>
    leavesBelow(database, type, prefix + name, documentation, within),
  );
}

function leavesBelow(
  database: SpecDatabase,
  type: PropertyType,
  path: string,
  documentation: string,
  within: readonly string[],
): Omit<Candidate, 'type'>[] {
  switch (type.type) {
    case 'array':
    case 'map': {
      const { element } = type;
      const isDeep = ['ref', 'union', 'array', 'map'].includes(element.type);
      return leavesBelow(database, element, isDeep ? `${path}.*` : path, documentation, within);
    }
    case 'union':
      return type.types.flatMap((member) => leavesBelow(database, member, path, documentation, within));
    case 'ref': {
      const id = type.reference.$ref;
      return within.includes(id)
        ? []
        : leavesOf(database, database.get('typeDefinition', id).properties, `${path}.`, [...within, id]);
    }
    default:
      return [{ path, documentation }];
  }
}

/** Services that have to do with Glue's connections. */
const NEAR_GLUE = /^AWS::(Athena|DataBrew|Glue|LakeFormation)::/;

/** What may name a connection, by its own name or by what is written about it. */
function isCandidate({ type, path, documentation }: Candidate): boolean {
  const name = path.slice(path.lastIndexOf('.') + 1);
  return (
    /glue.*connection|connection.*glue/i.test(path) ||
    /glue[^.]*\bconnection|\bconnection[^.]*glue/i.test(documentation) ||
    (NEAR_GLUE.test(type) && (/connection|arn$/i.test(name) || /\bconnection/i.test(documentation)))
  );
}

/** Candidates that name no connection, each with the reason. */
const OTHERS: readonly [type: RegExp, path: RegExp, reason: string][] = [
  [/./, /(Role|Kms(Key)?|EncryptionKey|Queue|EventBus|Schema|Secret)Arn$/i, 'an ARN of another service'],
  [/^AWS::Glue::Connection$/, /./, 'the connection itself'],
  [/^AWS::Glue::ConnectionType$/, /./, 'a type of connections, not a connection'],
  [/^AWS::DataZone::Connection$/, /^Props\.GlueProperties\./, 'makes a connection of its own'],
  [/^AWS::DataZone::Connection$/, /AdditionalArgs\.Connection$/, 'an argument of Spark, with no name of a connection'],
  [/^AWS::DataZone::Connection$/, /GlueLineageSyncEnabled$/, 'a switch'],
  [/^AWS::Athena::DataCatalog$/, /^ConnectionType$/, 'a type of connections, not a connection'],
  [/^AWS::DataBrew::Dataset$/, /QueryString$/, 'SQL'],
  [/^AWS::DataBrew::Dataset$/, /^Input\.Metadata\.SourceArn$/, 'only ARNs of AppFlow'],
  [/^AWS::DataBrew::(Job|Ruleset)$/, /(Ruleset|Target)Arn$/, 'a ruleset or a dataset of DataBrew'],
  [/^AWS::Glue::Catalog$/, /^TargetRedshiftCatalog\.CatalogArn$/, 'a catalog'],
  [/^AWS::Glue::DataCatalogEncryptionSettings$/, /./, 'how passwords of all connections are encrypted'],
  [/^AWS::Glue::IdentityCenterConfiguration$/, /^InstanceArn$/, 'an instance of IAM Identity Center'],
  [/^AWS::Glue::Integration$/, /^TargetArn$/, 'a database or a warehouse'],
  [/^AWS::Glue::IntegrationResourceProperty$/, /KmsArn$/, 'a key'],
  [/^AWS::Glue::Schema$/, /^Registry\.Arn$/, 'a registry of schemas'],
  [/^AWS::LakeFormation::PrincipalPermissions$/, /DataLocation\.ResourceArn$/, 'an S3 location'],
];

const inTable = CONNECTION_USES.flatMap(({ type, paths }) => paths.map((path) => `${type} ${path}`));
const meets = (pattern: string, path: string) => {
  const [keys, names] = [pattern.split('.'), path.split('.')];
  return keys.length === names.length && keys.every((key, index) => key === '*' || key === names[index]);
};
const candidates = allProperties()
  .filter(isCandidate)
  .map(({ type, path }) => ({
    type,
    path: `${type} ${path}`.replace(/(DataCatalog Parameters)$/, '$1.connection-arn'),
  }));

test("whatever in CloudFormation's specification may name a connection is in the table, or is known not to", () => {
  const unknown = candidates.filter(
    ({ type, path }) =>
      !inTable.some((pattern) => meets(pattern, path)) &&
      !OTHERS.some(([typePattern, pattern]) => typePattern.test(type) && pattern.test(path.slice(type.length + 1))),
  );

  expect(unknown.map(({ path }) => path)).toEqual([]);
});

test('the search finds all of the table', () => {
  const found = candidates.map(({ path }) => path);

  expect(inTable.filter((pattern) => !found.some((path) => meets(pattern, path)))).toEqual([]);
});

test("each exception is still one, and the search knows Athena's parameter", () => {
  const useless = OTHERS.filter(
    ([typePattern, pattern]) =>
      !candidates.some(({ type, path }) => typePattern.test(type) && pattern.test(path.slice(type.length + 1))),
  );

  expect(useless.map(([, , reason]) => reason)).toEqual([]);
  expect(
    allProperties().find(({ type, path }) => `${type} ${path}` === 'AWS::Athena::DataCatalog Parameters'),
  ).toMatchObject({
    documentation: expect.stringContaining('`connection-arn`') as unknown,
  });
});

const build = (path: string, value: string) =>
  path
    .split('.')
    .reverse()
    .reduce<unknown>((inner, key) => (key === '*' ? [inner] : { [key]: inner }), value) as Record<string, unknown>;

test.each(CONNECTION_USES.flatMap(({ type, paths }) => paths.map((path) => [type, path])))(
  '%s waits that names the connection by %s, be it by name or by ARN, a token or a literal',
  (type, path) => {
    for (const valueOf of [
      ({ connectionName }: glue.Connection) => connectionName,
      ({ connectionArn }: glue.Connection) => connectionArn,
      () => 'orders',
      () => 'arn:aws:glue:eu-west-1:111122223333:connection/orders',
    ]) {
      const stack = createStack({ env: { account: '111122223333', region: 'eu-west-1' } });
      const connection = createConnection(stack, 'Orders', { connectionName: 'orders' });
      new CfnResource(stack, 'User', { type, properties: build(path, valueOf(connection)) });
      new CfnResource(stack, 'Other', { type, properties: build(path, 'other') });
      ConnectionTests.applyTo(stack);

      const [test] = Object.keys(resourcesOf(stack, 'Custom::GlueConnectionTest'));
      expect(resourcesOf(stack, type).User?.DependsOn).toEqual([test]);
      expect(resourcesOf(stack, type).Other?.DependsOn).toBeUndefined();
    }
  },
);
