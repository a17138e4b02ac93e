import { connectionDetails } from '../../lambda/connection/connection-details';

/** What is told of a connection as GetConnection gives it. */
function detailsOf(Connection?: object): Promise<string[]> {
  const glue = { send: () => Promise.resolve({ Connection }) as never };
  return connectionDetails('orders', undefined, glue, new AbortController().signal, (text) =>
    text.replace('me', '***'),
  );
}

test.each([
  ['is not there', undefined, []],
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
])('of a connection that %s, what says something is told', async (_, connection, details) => {
  expect(await detailsOf(connection)).toEqual(details);
});

test('nothing is told where Glue does not tell', async () => {
  const glue = { send: () => Promise.reject(new Error('no')) as never };

  expect(await connectionDetails('orders', '1', glue, new AbortController().signal, (text) => text)).toEqual([]);
});
