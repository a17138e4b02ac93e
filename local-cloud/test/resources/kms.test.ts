import { LocalCloud } from '../../src/local-cloud';

jest.setTimeout(60_000);

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await LocalCloud.start();
});
afterAll(() => cloud.stop());

/** A stack with a key, a secret that it encrypts, and an empty one. */
function deploy(KeyPolicy?: object) {
  return cloud.cloudFormation.deploy({
    stackName: 'Keys',
    template: {
      Resources: {
        Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy } },
        Secret: {
          Type: 'AWS::SecretsManager::Secret',
          Properties: { Name: 'orders', SecretString: 'value', KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
        },
        Empty: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'empty', KmsKeyId: { Ref: 'Key' } } },
      },
      Outputs: { KeyArn: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] } }, KeyId: { Value: { Ref: 'Key' } } },
    },
  });
}

test('a stack makes a key, whose ARN and id secrets take', async () => {
  const { status, outputs, notModelled } = await deploy();
  expect({ status, notModelled }).toEqual({ status: 'CREATE_COMPLETE', notModelled: [] });
  expect(outputs.KeyArn).toBe(`arn:aws:kms:us-east-1:111122223333:key/${outputs.KeyId}`);
});

test('a change of its policy keeps it', async () => {
  const { outputs } = await deploy({ Version: '2012-10-17', Statement: [] });
  const changed = await deploy();
  expect(changed).toMatchObject({ status: 'UPDATE_COMPLETE', outputs });
});

test('it is deleted with its stack', async () => {
  expect((await cloud.cloudFormation.deleteStack('Keys'))?.status).toBe('DELETE_COMPLETE');
});
