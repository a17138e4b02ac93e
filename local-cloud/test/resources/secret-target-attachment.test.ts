import type { StackEvent } from '../../src/cloudformation';
import { LocalCloud } from '../../src/local-cloud';

jest.setTimeout(60_000);

let cloud: LocalCloud;
const events: StackEvent[] = [];
beforeAll(async () => {
  cloud = await LocalCloud.start({ onEvent: (event) => events.push(event) });
});
beforeEach(() => {
  events.length = 0;
});
afterEach(() => cloud.cloudFormation.deleteStack('Attached'));
afterAll(() => cloud.stop());

const CREDENTIALS = { username: 'orders', password: 'example' };

const template = (type: string, properties: object, value: unknown = CREDENTIALS) => ({
  Resources: {
    Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: JSON.stringify(value) } },
    Store: { Type: type, Properties: properties },
    Attachment: {
      Type: 'AWS::SecretsManager::SecretTargetAttachment',
      Properties: { SecretId: { Ref: 'Secret' }, TargetId: { Ref: 'Store' }, TargetType: type },
    },
  },
  Outputs: {
    Secret: { Value: { Ref: 'Secret' } },
    Store: { Value: { Ref: 'Store' } },
    Attachment: { Value: { Ref: 'Attachment' } },
    Address: { Value: { 'Fn::GetAtt': ['Store', type.includes('DocDB') ? 'Endpoint' : 'Endpoint.Address'] } },
  },
});

const valueOf = (secret = '') => JSON.parse(String(cloud.secretsManager.current(secret).value)) as object;
const reasons = () => events.filter(({ status }) => status === 'CREATE_FAILED').map(({ reason }) => reason);

// https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
test.each([
  ['AWS::RDS::DBInstance', { Engine: 'postgres', DBName: 'orders', Port: '5433' }, 'postgres', 5433, 'orders'],
  ['AWS::RDS::DBInstance', { Engine: 'sqlserver-ex' }, 'sqlserver', 1433, undefined],
  ['AWS::RDS::DBCluster', { Engine: 'aurora-postgresql', DatabaseName: 'orders' }, 'postgres', 5432, 'orders'],
  ['AWS::RDS::DBCluster', { Engine: 'aurora-mysql' }, 'mysql', 3306, undefined],
  ['AWS::Redshift::Cluster', { DBName: 'orders' }, 'redshift', 5439, 'orders'],
  ['AWS::DocDB::DBCluster', { Port: 27018 }, 'mongo', 27_018, undefined],
])('a secret gets the connection details of its target: %s %j', async (type, properties, engine, port, dbname) => {
  const { status, outputs } = await cloud.deployTemplate(template(type, properties), 'Attached');
  const identifier = type.endsWith('Instance') ? 'dbInstanceIdentifier' : 'dbClusterIdentifier';

  expect(status).toBe('CREATE_COMPLETE');
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secrettargetattachment.html
  expect(outputs.Attachment).toBe(outputs.Secret);
  expect(valueOf(outputs.Secret)).toEqual({
    ...CREDENTIALS,
    ...{ engine, host: outputs.Address, port, [identifier]: outputs.Store },
    ...(dbname !== undefined && { dbname }),
  });
});

test('when the attachment goes, the secret loses the details again', async () => {
  const attached = template('AWS::RDS::DBInstance', { Engine: 'mysql' });
  await cloud.deployTemplate(attached, 'Attached');
  const { Secret: secret, Store } = attached.Resources;
  const { Secret } = attached.Outputs;
  const { status, outputs } = await cloud.deployTemplate(
    { Resources: { Secret: secret, Store }, Outputs: { Secret } },
    'Attached',
  );

  expect(status).toBe('UPDATE_COMPLETE');
  expect(valueOf(outputs.Secret)).toEqual(CREDENTIALS);
});

test('fails when the secret holds no JSON object', async () => {
  const { status } = await cloud.deployTemplate(
    template('AWS::RDS::DBInstance', { Engine: 'mysql' }, 'a text'),
    'Attached',
  );

  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(reasons()).toEqual(['The secret must hold a JSON object']);
});

test('fails when there is no such target', async () => {
  const attached = template('AWS::RDS::DBInstance', { Engine: 'mysql' });
  attached.Resources.Attachment.Properties.TargetType = 'AWS::RDS::DBCluster';
  const { status } = await cloud.deployTemplate(attached, 'Attached');

  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(reasons()).toEqual([expect.stringMatching(/^AWS::RDS::DBCluster Attached-\S+ was not found$/)]);
});
