import type { Connection } from '@aws-sdk/client-glue';
import { detailsOf, readConnection } from '../../../lambda/connection/connection-details';

const redact = (text: string) => text.replace('me', '***');

test.each<[string, Connection, string[]]>([
  ['is ready', { Status: 'READY', StatusReason: 'fine' }, []],
  ['has failed', { Status: 'FAILED' }, ['status FAILED']],
  ['has failed for a reason', { Status: 'FAILED', StatusReason: 'by me' }, ['status FAILED: by ***']],
  [
    'has a subnet',
    { PhysicalConnectionRequirements: { SubnetId: 'subnet-1', AvailabilityZone: 'eu-west-1a' } },
    ['subnet subnet-1, security groups none', 'zone eu-west-1a'],
  ],
  ['has groups but no subnet', { PhysicalConnectionRequirements: { SecurityGroupIdList: ['sg-1'] } }, []],
  ['says very much', { Status: 'FAILED', StatusReason: 'x'.repeat(400) }, [`status FAILED: ${'x'.repeat(285)}`]],
  ['has a version that has nothing to do with it', { ConnectionSchemaVersion: 1 }, []],
])('of a connection that %s, what says something is told', (_, connection, details) => {
  expect(detailsOf(connection, { category: 'CREDENTIALS' }, redact)).toEqual(details);
});

test('of one that Glue cannot test, the version is told that decides it', () => {
  expect(detailsOf({ ConnectionSchemaVersion: 1 }, { category: 'UNSUPPORTED' }, redact)).toEqual([
    'ConnectionSchemaVersion 1',
  ]);
  expect(detailsOf({}, { category: 'UNSUPPORTED' }, redact)).toEqual([]);
});

test('nothing is known where Glue does not tell', async () => {
  const glue = { send: () => Promise.reject(new Error('no')) as never };

  expect(await readConnection('orders', '1', glue, new AbortController().signal)).toBeUndefined();
});
