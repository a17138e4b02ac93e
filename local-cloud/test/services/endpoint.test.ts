import { ApiBed } from './api-bed';

let bed: ApiBed;
beforeAll(async () => {
  bed = await ApiBed.start();
});
afterAll(() => bed.cloud.stop());

const list = { Action: 'ListStacks' };

describe('a request is refused', () => {
  const code = (text: string) => expect.stringContaining(`<Code>${text}</Code>`) as string;

  // https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
  test('without a signature', async () => {
    const refused = { status: 403, body: code('MissingAuthenticationToken') };
    expect(await bed.send('/', { method: 'POST', body: new URLSearchParams(list) })).toEqual(refused);
    expect(await bed.query('cloudformation', list, 'AWS4-HMAC-SHA256 Credential=AKIA')).toEqual(refused);
  });

  test('with an access key that nobody has', async () => {
    const authorization = bed.signature('cloudformation', { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' });
    expect(await bed.query('cloudformation', list, authorization)).toEqual({
      ...{ status: 403, body: code('InvalidClientTokenId') },
    });
  });

  test('for another Region', async () => {
    const authorization = bed.signature('cloudformation', { region: 'eu-central-1' });
    const { status, body } = await bed.query('cloudformation', list, authorization);
    expect({ status, body }).toEqual({ status: 403, body: code('SignatureDoesNotMatch') });
    expect(body).toContain('us-east-1');
  });

  test('with an action that is not known', async () => {
    const { status, body } = await bed.query('cloudformation', { Action: 'CreateStackSet' });
    expect({ status, body }).toEqual({ status: 400, body: code('InvalidAction') });
    expect(body).toContain('CreateStackSet');
    expect(await bed.query('cloudformation', {})).toEqual({ status: 400, body: code('MissingAction') });
  });

  test.each(['constructor', '__proto__', 'toString'])(
    'with the action or for the service %s, which is none',
    async (name) => {
      expect(await bed.query('cloudformation', { Action: name })).toEqual({ status: 400, body: code('InvalidAction') });
      expect(await bed.query(name, list)).toMatchObject({ status: 400 });
    },
  );

  test('with a malformed address', async () => {
    expect(await bed.send('/%E0%A4%A', {})).toMatchObject({ status: 400 });
  });

  test('for a service that is not known', async () => {
    const { status, body } = await bed.query('ec2', { Action: 'DescribeVpcs' });
    expect({ status, body }).toEqual({
      status: 400,
      body: expect.stringContaining('service ec2 is not modelled') as string,
    });
  });

  test('in JSON where the service speaks JSON', async () => {
    const headers = { 'x-amz-target': 'AWSGlue.GetTable', authorization: bed.signature('glue') };
    const { status, body } = await bed.send('/', { method: 'POST', headers, body: '{}' });
    expect(status).toBe(400);
    expect(JSON.parse(body)).toEqual({
      ...{ __type: 'UnknownOperationException', Message: expect.stringContaining('AWSGlue.GetTable') as string },
    });
    const unsigned = await bed.send('/', { method: 'POST', headers: { 'x-amz-target': 'AWSGlue.GetTable' } });
    expect(JSON.parse(unsigned.body)).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });

  test.each(['null', '[]', '7', '{'])('with the body %s where an object is expected', async (body) => {
    const headers = { 'x-amz-target': 'AWSGlue.GetConnection', authorization: bed.signature('glue') };
    const answer = await bed.send('/', { method: 'POST', headers, body });
    expect(answer).toEqual({ status: 400, body: expect.stringContaining('SerializationException') as string });
  });

  test('with parameters that break their constraints, all of them at once', async () => {
    const { status, body } = await bed.query('cloudformation', {
      ...{ Action: 'CreateChangeSet', StackName: '7 stacks', ChangeSetType: 'OTHER' },
      ...{ 'Capabilities.member.1': 'CAPABILITY_IAM', 'Capabilities.member.2': 'CAPABILITY_ALL' },
    });
    expect({ status, body }).toEqual({ status: 400, body: code('ValidationError') });
    expect(body).toContain('4 validation errors detected');
    expect(body).toContain("Value null at 'changeSetName' failed to satisfy constraint: Member must not be null");
    expect(body).toContain("at 'capabilities.2.member'");
  });
});

test('listens on loopback only', () => {
  expect(new URL(bed.cloud.endpointUrl).hostname).toBe('127.0.0.1');
});

describe('STS', () => {
  test('tells who is calling', async () => {
    const { body } = await bed.query('sts', { Action: 'GetCallerIdentity' });
    expect(body).toContain('<Arn>arn:aws:iam::111122223333:user/administrator</Arn>');
    expect(body).toContain('<Account>111122223333</Account>');
  });

  const assume = (RoleArn: string, authorization?: string) =>
    bed.query('sts', { Action: 'AssumeRole', RoleArn, RoleSessionName: 'session' }, authorization);

  test('lets a caller take a role whose policies then hold', async () => {
    const { body } = await assume('arn:aws:iam::111122223333:role/cdk-hnb659fds-lookup-role-111122223333-us-east-1');
    const [, accessKeyId] = /<AccessKeyId>(ASIA\w+)</.exec(body) ?? [];
    const authorization = bed.signature('cloudformation', { accessKeyId });

    expect(await bed.query('cloudformation', list, authorization)).toMatchObject({ status: 200 });
    const denied = await bed.query('cloudformation', { Action: 'DeleteStack', StackName: 'Orders' }, authorization);
    expect(denied.body).toContain('<Code>AccessDenied</Code>');
    expect(denied.body).toMatch(/assumed-role\/cdk-hnb659fds-lookup-role-\S+\/session is not authorized to perform/);
  });

  test('denies a role that does not exist', async () => {
    expect(await assume('arn:aws:iam::111122223333:role/nobody')).toEqual({
      status: 403,
      body: expect.stringContaining('is not authorized to perform: sts:AssumeRole on resource') as string,
    });
  });
});

describe('S3', () => {
  const bucket = '/cdk-hnb659fds-assets-111122223333-us-east-1';
  const call = (path: string, init: RequestInit = {}) =>
    bed.send(path, {
      ...init,
      headers: { authorization: bed.signature('s3'), ...(init.headers as Record<string, string>) },
    });

  test('keeps what is put, also in chunks, and lists it', async () => {
    const chunked = { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' };
    const body = '5\r\nchunk\r\n7;chunk-signature=0\r\n\r\nline2\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n';
    expect(await call(`${bucket}/a/b.json`, { method: 'PUT', headers: chunked, body })).toMatchObject({ status: 200 });
    await call(`${bucket}/a/plain.json`, { method: 'PUT', body: '{}' });

    expect(await call(`${bucket}/a/b.json`)).toEqual({ status: 200, body: 'chunk\r\nline2' });
    const { body: listed } = await call(`${bucket}?list-type=2&prefix=a%2F&max-keys=1`);
    expect(listed).toContain('<Key>a/b.json</Key><Size>12</Size>');
    expect(listed).toContain('<IsTruncated>true</IsTruncated>');
    expect(listed).not.toContain('plain.json');
  });

  test.each([
    [`${bucket}/nothing`, 404, 'NoSuchKey'],
    ['/another-bucket?list-type=2', 404, 'NoSuchBucket'],
    [`${bucket}?policy`, 501, 'NotImplemented'],
    ['/', 501, 'NotImplemented'],
  ])('refuses GET %s: %d %s', async (path, status, code) => {
    const answer = await call(path);
    expect(answer).toEqual({ status, body: expect.stringContaining(`<Code>${code}</Code>`) as string });
  });

  test('refuses a body that is cut off', async () => {
    const headers = { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' };
    expect(await call(`${bucket}/cut`, { method: 'PUT', headers, body: '5\r\nchu' })).toMatchObject({ status: 400 });
    expect(await call(`${bucket}/cut`)).toMatchObject({ status: 404 });
  });
});
