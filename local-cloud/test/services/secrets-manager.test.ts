import { DescribeSecretCommand, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { ServiceBed, type Permission } from './service-bed';

let bed: ServiceBed;
beforeAll(async () => {
  bed = await ServiceBed.start();
});
afterAll(() => bed.endpoint.close());

type Input = ConstructorParameters<typeof GetSecretValueCommand>[0];

function get(input: Input, permissions?: readonly Permission[]) {
  return bed.secretsManagerClient(permissions).send(new GetSecretValueCommand(input));
}

describe('the id of a secret', () => {
  test('is its name, its ARN, or its ARN without the last seven characters', async () => {
    const arn = bed.secretsManager.create('apps/orders', 'value');
    for (const id of ['apps/orders', arn, arn.slice(0, -7)]) {
      expect(await get({ SecretId: id })).toMatchObject({ ARN: arn, Name: 'apps/orders', SecretString: 'value' });
    }
  });

  test('fails when it ends in a hyphen and six characters that are part of the name', async () => {
    const arn = bed.secretsManager.create('orders-secret', 'value');
    await expect(get({ SecretId: arn.slice(0, -7) })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(await get({ SecretId: 'orders-secret' })).toMatchObject({ SecretString: 'value' });
  });

  test('fails when there is no such secret', async () => {
    await expect(get({ SecretId: 'absent' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret.",
    });
  });
});

describe('versions', () => {
  test('move AWSCURRENT and AWSPREVIOUS with each new value', async () => {
    const arn = bed.secretsManager.create('rotated', 'one');
    bed.secretsManager.put(arn, 'two');
    const versionId = bed.secretsManager.put(arn, 'three');

    expect(await get({ SecretId: arn })).toMatchObject({
      SecretString: 'three',
      VersionId: versionId,
      VersionStages: ['AWSCURRENT'],
      CreatedDate: expect.any(Date) as Date,
    });
    expect(await get({ SecretId: arn, VersionStage: 'AWSPREVIOUS' })).toMatchObject({ SecretString: 'two' });
  });

  test('with a label of their own leave AWSCURRENT where it is', async () => {
    const arn = bed.secretsManager.create('labelled', 'current');
    const versionId = bed.secretsManager.put(arn, 'next', { versionStages: ['AWSPENDING', 'candidate'] });

    expect(await get({ SecretId: arn })).toMatchObject({ SecretString: 'current' });
    expect(await get({ SecretId: arn, VersionStage: 'candidate' })).toMatchObject({ SecretString: 'next' });
    expect(await get({ SecretId: arn, VersionId: versionId })).toMatchObject({ SecretString: 'next' });
  });

  test('fails when no version carries the label', async () => {
    bed.secretsManager.create('unlabelled', 'value');
    await expect(get({ SecretId: 'unlabelled', VersionStage: 'AWSPREVIOUS' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret value for staging label: AWSPREVIOUS",
    });
  });

  test('fails when the version is unknown, and when it does not carry the label that is named with it', async () => {
    const arn = bed.secretsManager.create('versioned', 'value');
    const VersionId = bed.secretsManager.put(arn, 'other');
    const unknown = '00000000-0000-0000-0000-000000000000';
    await expect(get({ SecretId: arn, VersionId: unknown })).rejects.toThrow(`secret value for VersionId: ${unknown}`);
    await expect(get({ SecretId: arn, VersionId, VersionStage: 'AWSPREVIOUS' })).rejects.toMatchObject({
      name: 'InvalidRequestException',
    });
  });

  test('fails when the secret has none', async () => {
    bed.secretsManager.create('empty');
    await expect(get({ SecretId: 'empty' })).rejects.toThrow('secret value for staging label: AWSCURRENT');
  });
});

test('bytes come as SecretBinary, without a SecretString', async () => {
  bed.secretsManager.create('binary', Buffer.from([0, 255, 10]));
  const { SecretBinary, SecretString } = await get({ SecretId: 'binary' });
  expect(Buffer.from(SecretBinary ?? [])).toEqual(Buffer.from([0, 255, 10]));
  expect(SecretString).toBeUndefined();
});

test('DescribeSecret shows labels, key and deletion, and no value', async () => {
  const key = bed.kms.createKey();
  const arn = bed.secretsManager.create('described', 'value', key);
  const versionId = bed.secretsManager.put(arn, 'other', { versionStages: ['candidate'] });
  bed.secretsManager.scheduleDeletion(arn);
  const described = await bed.secretsManagerClient().send(new DescribeSecretCommand({ SecretId: 'described' }));
  expect(described).toMatchObject({ ARN: arn, KmsKeyId: key, DeletedDate: expect.any(Date) as Date });
  expect(described.VersionIdsToStages?.[versionId]).toEqual(['candidate']);
  expect(JSON.stringify(described)).not.toContain('value');
});

describe('deletion', () => {
  test('fails when the secret is scheduled for it, until it is restored', async () => {
    const arn = bed.secretsManager.create('deleted', 'value');
    bed.secretsManager.scheduleDeletion(arn);
    const words = "You can't perform this operation on the secret because it was marked for deletion.";
    await expect(get({ SecretId: arn })).rejects.toMatchObject({ name: 'InvalidRequestException', message: words });
    expect(() => bed.secretsManager.put(arn, 'other')).toThrow(words);
    bed.secretsManager.restore(arn);
    expect(await get({ SecretId: arn })).toMatchObject({ SecretString: 'value' });
  });

  test('fails when a secret of the same name is made meanwhile', () => {
    const arn = bed.secretsManager.create('taken', 'value');
    expect(() => bed.secretsManager.create('taken')).toThrow('the secret taken already exists');
    bed.secretsManager.scheduleDeletion(arn);
    expect(() => bed.secretsManager.create('taken')).toThrow('already scheduled for deletion');
    bed.secretsManager.delete(arn);
    expect(bed.secretsManager.create('taken')).not.toBe(arn);
  });
});

describe('permissions', () => {
  const read = (Resource: string, Condition?: object) => ({
    ...{ Action: 'secretsmanager:GetSecretValue', Resource, ...(Condition && { Condition }) },
  });

  test('fails when the secret is not granted, and names it', async () => {
    const arn = bed.secretsManager.create('private', 'value');
    await expect(get({ SecretId: 'private' }, [read(`${arn}x`)])).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        `not authorized to perform: secretsmanager:GetSecretValue on resource: ${arn}`,
      ) as string,
    });
    expect(await get({ SecretId: 'private' }, [read(arn)])).toMatchObject({ SecretString: 'value' });
  });

  test('can be for one label: fails when the label is not asked for', async () => {
    const arn = bed.secretsManager.create('staged', 'value');
    const permission = read(arn, { StringEquals: { 'secretsmanager:VersionStage': 'AWSCURRENT' } });
    expect(await get({ SecretId: arn, VersionStage: 'AWSCURRENT' }, [permission])).toBeDefined();
    await expect(get({ SecretId: arn }, [permission])).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  const viaSecretsManager = { StringEquals: { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' } };
  const viaAnother = { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } };

  test.each([
    ['nothing', () => []],
    ['another key', (key: string) => [{ Action: 'kms:Decrypt', Resource: `${key}0` }]],
    ['the key by another service', (key: string) => [{ Action: 'kms:Decrypt', Resource: key, Condition: viaAnother }]],
  ])("fails when a key encrypts the secret and the caller's policy allows %s", async (_, permissions) => {
    const key = bed.kms.createKey();
    const arn = bed.secretsManager.create(`encrypted-${key}`, 'value', key);
    await expect(get({ SecretId: arn }, [read(arn), ...permissions(key)])).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: 'Access to KMS is not allowed',
    });
  });

  test('let the caller decrypt by the key, named by its id or its ARN', async () => {
    const key = bed.kms.createKey();
    for (const keyId of [key, key.split('/')[1]]) {
      const arn = bed.secretsManager.create(`encrypted-by-${keyId}`, 'value', keyId);
      const decrypt = { Action: 'kms:Decrypt', Resource: key, Condition: viaSecretsManager };
      expect(await get({ SecretId: arn }, [read(arn), decrypt])).toMatchObject({ SecretString: 'value' });
    }
  });

  test("fails when the key's own policy leaves nothing to IAM", async () => {
    const key = bed.kms.createKey({ Version: '2012-10-17', Statement: [] });
    const arn = bed.secretsManager.create('locked', 'value', key);
    await expect(get({ SecretId: arn })).rejects.toThrow('Access to KMS is not allowed');
  });
});
