import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { failure, success, TestBed, templateOf } from './test-bed';

const STACK = 'answered';
const TEMPLATE = templateOf({
  A: { Type: 'Custom::Test', ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:f' },
});
const bed = { current: new TestBed() };

beforeEach(() => {
  bed.current = new TestBed();
});
afterEach(() => bed.current.cloudFormation.close());

/** An answer that has so many bytes in all; its characters have two of them. */
function ofSize(event: CloudFormationCustomResourceEvent, bytes: number): object {
  const empty = Buffer.byteLength(JSON.stringify({ ...success(event), Data: { Text: '', Odd: '' } }));
  const left = bytes - empty;
  return { ...success(event), Data: { Text: 'é'.repeat(left / 2), Odd: 'x'.repeat(left % 2) } };
}

type Malformed = (event: CloudFormationCustomResourceEvent) => object | string;

test.each<[string, Malformed, string]>([
  ['is no JSON', () => 'SUCCESS', 'Invalid Response object: not valid JSON'],
  ['is empty', () => '', 'Invalid Response object: not valid JSON'],
  ['is no object', () => '["SUCCESS"]', 'Invalid Response object: not a JSON object'],
  [
    'has another status',
    (event) => ({ ...success(event), Status: 'FAILURE' }),
    "Invalid Response object: 'FAILURE' is not a valid ResponseStatus",
  ],
  [
    'has another request id',
    (event) => ({ ...success(event), RequestId: 'x' }),
    'Invalid Response object: RequestId must be copied from the request',
  ],
  [
    'has another stack id',
    (event) => ({ ...success(event), StackId: 'x' }),
    'Invalid Response object: StackId must be copied from the request',
  ],
  [
    'has another logical id',
    (event) => ({ ...success(event), LogicalResourceId: 'B' }),
    'Invalid Response object: LogicalResourceId must be copied from the request',
  ],
  [
    'has no physical id',
    (event) => ({ ...success(event), PhysicalResourceId: undefined }),
    'Invalid PhysicalResourceId',
  ],
  [
    'has an empty physical id',
    (event) => ({ ...success(event), PhysicalResourceId: '' }),
    'Invalid PhysicalResourceId',
  ],
  [
    'has a physical id of more than 1024 bytes',
    (event) => ({ ...success(event), PhysicalResourceId: 'é'.repeat(513) }),
    'Invalid PhysicalResourceId',
  ],
  [
    'is a failure without a physical id',
    (event) => ({ ...failure(event), PhysicalResourceId: undefined }),
    'Invalid PhysicalResourceId',
  ],
  [
    'is a failure without a reason',
    (event) => ({ ...failure(event), Reason: undefined }),
    'Invalid Response object: Reason is required when Status is FAILED',
  ],
  ['has data that is no object', (event) => ({ ...success(event), Data: 'text' }), 'Data returned must be an object'],
  ['has more than 4096 bytes', (event) => ofSize(event, 4097), 'Response object is too long.'],
])('fails when the answer %s', async (_title, malformed, reason) => {
  const { cloudFormation } = bed.current;
  bed.current.answer = (event) => {
    const answer = event.RequestType === 'Create' ? malformed(event) : success(event);
    return typeof answer === 'string' ? answer : { ...answer };
  };
  const result = await cloudFormation.deploy({ stackName: STACK, template: TEMPLATE });
  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(bed.current.history).toContain(`A CREATE_FAILED (${reason})`);
  expect(bed.current.customResourceEvents.map(({ RequestType }) => RequestType)).toEqual(['Create', 'Delete']);
});

test('an answer of 4096 bytes is not too long', async () => {
  bed.current.answer = (event) => ({ ...ofSize(event, 4096) });
  const { status } = await bed.current.cloudFormation.deploy({ stackName: STACK, template: TEMPLATE });
  expect(status).toBe('CREATE_COMPLETE');
  expect(bed.current.cloudFormation.answers).toMatchObject([{ bytes: 4096, accepted: true }]);
});

test('a second answer is taken down and has no effect', async () => {
  const { cloudFormation } = bed.current;
  const { stackId } = await cloudFormation.deploy({ stackName: STACK, template: TEMPLATE });
  const event = await bed.current.firstRequest();
  const body = JSON.stringify(failure(event));
  expect(await bed.current.put(event.ResponseURL, body, { 'content-length': Buffer.byteLength(body) })).toBe(200);
  expect(cloudFormation.answers).toMatchObject([
    { stackId, logicalId: 'A', requestId: event.RequestId, accepted: true, body: JSON.stringify(success(event)) },
    { stackId, logicalId: 'A', requestId: event.RequestId, accepted: false, body, bytes: Buffer.byteLength(body) },
  ]);
  expect(cloudFormation.describeStack(STACK)?.status).toBe('CREATE_COMPLETE');
});

test('fails when an answer is put without a length, elsewhere, with another signature or method: it does not count', async () => {
  const { cloudFormation } = bed.current;
  bed.current.answer = () => undefined;
  const deployment = cloudFormation.deploy({ stackName: STACK, template: TEMPLATE });
  const event = await bed.current.firstRequest();
  const body = JSON.stringify(success(event));
  const headers = { 'content-length': Buffer.byteLength(body) };

  expect(await bed.current.put(event.ResponseURL, body, { 'transfer-encoding': 'chunked' })).toBe(411);
  expect(await bed.current.put(event.ResponseURL.replace('%7CA%7C', '%7CB%7C'), body, headers)).toBe(403);
  expect(await bed.current.put(event.ResponseURL.replace(/.{4}$/, '0000'), body, headers)).toBe(403);
  expect(await bed.current.put(event.ResponseURL, body, headers, 'POST')).toBe(403);
  expect(cloudFormation.answers).toEqual([]);
  expect(await bed.current.put(event.ResponseURL, body, headers)).toBe(200);
  expect((await deployment).status).toBe('CREATE_COMPLETE');
});

test('a process that trusts the certificate through NODE_EXTRA_CA_CERTS can answer', async () => {
  const { cloudFormation } = bed.current;
  bed.current.answer = () => undefined;
  const deployment = cloudFormation.deploy({ stackName: STACK, template: TEMPLATE });
  const event = await bed.current.firstRequest();

  const folder = mkdtempSync(path.join(tmpdir(), 'certificate-'));
  writeFileSync(path.join(folder, 'ca.pem'), await cloudFormation.caCertificate());
  const script = `fetch(process.env.URL, { method: 'PUT', body: process.env.BODY })`;
  const env = {
    NODE_EXTRA_CA_CERTS: path.join(folder, 'ca.pem'),
    URL: event.ResponseURL,
    BODY: JSON.stringify(success(event)),
  };
  await promisify(execFile)(process.execPath, ['--eval', script], { env });
  rmSync(folder, { recursive: true });
  expect((await deployment).status).toBe('CREATE_COMPLETE');
});
