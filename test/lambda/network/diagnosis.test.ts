import { ec2Error, exception, output, pass, raw, type Reply } from '../aws-stub';
import { BlackBox, type Result } from '../black-box';
import { closeStore, failIn } from './fail';
import { DNS, healthyNetwork, type Network } from './network';
import { BROKEN_WORLDS, HEALTHY_WORLDS } from './worlds';
import { FAULTS } from '../faults';

jest.setTimeout(15_000);

const SETTINGS = { random: 0, environment: { DNS: JSON.stringify(DNS) } };

let blackBox: BlackBox;
beforeAll(async () => {
  blackBox = await BlackBox.start(SETTINGS);
});
afterAll(async () => {
  await blackBox.stop();
});

const fail = (network: Network, says: string, properties: object = {}, remainingMs?: number) =>
  failIn(blackBox, network, says, properties, remainingMs);

test.each(BROKEN_WORLDS)('$rule: $name', async ({ rule, resource, says, change }) => {
  const network = healthyNetwork();
  change(network);
  const { findings, answer } = await fail(network, says);

  expect(findings[0]).toBe(rule);
  expect(/^Found: .*/m.exec(answer.Reason ?? '')?.[0]).toContain(resource);
  expect(answer.Reason).not.toContain('Checked, no problem found');
});

test('the code that a template holds finds the same, in one file', async () => {
  const ofAsset = blackBox;
  blackBox = await BlackBox.start({ ...SETTINGS, inTemplate: true });
  const network = healthyNetwork();
  network.routeTables[0]!.routes.pop();
  network.endpoints.shift();
  const { findings } = await fail(network, 'Could not find S3 endpoint or NAT gateway').finally(async () => {
    await blackBox.stop();
    blackBox = ofAsset;
  });

  expect(findings).toEqual(['S3_UNREACHABLE']);
});

test('a network that comes up while a stack is created lets the test pass', async () => {
  const refusal = exception(
    'InvalidInputException',
    'Could not find S3 endpoint or NAT gateway for subnetId: subnet-0a',
  );
  blackBox.aws.script('TestConnection', 'coming-up', refusal, refusal, pass);
  const { answer } = await blackBox.invoke({ properties: { ConnectionName: 'coming-up' } });

  expect(answer.Data).toMatchObject({ Outcome: 'PASSED', Attempts: 3 });
});

test.each(HEALTHY_WORLDS)('nothing is found where $name', async ({ change }) => {
  const network = healthyNetwork();
  change(network);
  const { findings, answer } = await fail(network, 'Connect timed out');

  expect(findings).toEqual([]);
  expect(answer.Reason).not.toContain('Found:');
  expect(answer.Reason).toMatch(/^Checked, no problem found: the subnet, /m);
});

describe('reading the network', () => {
  const calls = () => blackBox.aws.callsOf(/^Describe(?!Stacks)/);
  const closed = () => closeStore(healthyNetwork());

  test('takes ten calls at most, and describes only', async () => {
    const before = calls().length;
    await fail(closed(), 'Connect timed out');

    expect(calls().length - before).toBeGreaterThan(7);
    expect(calls().length - before).toBeLessThanOrEqual(10);
  });

  test.each([
    ['can be turned off', 'Connect timed out', { NetworkDiagnosis: 'DISABLED' }],
    ['is left out where the store has answered', 'password authentication failed', {}],
    ['is left out where the store knows no such database', 'Unknown database', {}],
  ])('%s', async (_, says, properties) => {
    const before = calls().length;
    const { answer, findings } = await fail(closed(), says, properties);

    expect(calls()).toHaveLength(before);
    expect(findings).toEqual([]);
    expect(answer.Reason).not.toMatch(/Found:|Checked,/);
  });

  test('is left out where the test passes, and where the connection has no subnet', async () => {
    const before = calls().length;
    blackBox.aws.script('TestConnection', 'fine', pass);
    await blackBox.invoke({ properties: { ConnectionName: 'fine' } });
    blackBox.aws.script('TestConnection', 'bare', exception('InvalidInputException', 'Connect timed out'));
    blackBox.aws.script('GetConnection', 'bare', output({ Connection: { Name: 'bare' } }));
    const { answer } = await blackBox.invoke({ properties: { ConnectionName: 'bare', MaxAttempts: '1' } });

    expect(answer.Reason).toContain('UNREACHABLE');
    expect(calls()).toHaveLength(before);
  });

  test('is told in the log, with all findings and their sentences', async () => {
    const network = closed();
    network.securityGroups.find(({ id }) => id === 'sg-glue')!.inbound = [];
    network.endpoints.pop();
    network.vpcs[0]!.hasDnsSupport = false;
    const { entries, answer } = await fail(network, 'Connect timed out');

    expect(entries.find(({ event }) => event === 'connection failed')).toMatchObject({
      findings: ['STORE_CLOSED', 'VPC_DNS_OFF', 'SELF_REFERENCE_MISSING', 'SECRETS_MANAGER_UNREACHABLE'],
      found: expect.arrayContaining([
        'The data store (eni-store) is closed: sg-store does not admit sg-glue on port 5432.',
      ]) as unknown,
      checked: expect.arrayContaining(['SUBNET_MISSING', 'SUBNET_FULL']) as unknown,
    });
    expect(answer.Reason?.match(/^Found: /gm)).toHaveLength(3);
  });

  test('replaces the general advice by what is found', async () => {
    const { answer } = await fail(closed(), 'Connect timed out');

    expect(answer.Reason?.split('\n').slice(2, 6)).toEqual([
      'Cause: Glue cannot reach the data store.',
      'Found: The data store (eni-store) is closed: sg-store does not admit sg-glue on port 5432.',
      'Next: Add an inbound rule for TCP port 5432 to sg-store, with sg-glue as its source.',
      'See: https://repost.aws/knowledge-center/glue-test-connection-failed',
    ]);
  });

  test('names the runbook where nothing is found', async () => {
    const { answer } = await fail(healthyNetwork(), 'At least one security group must open all ingress ports.');

    expect(answer.Reason).toMatch(/^Checked, no problem found: the subnet, .*the self-referencing rule, /m);
    expect(answer.Reason).toMatch(/^Next: .*AWSSupport-TroubleshootGlueConnection looks further\.$/m);
  });

  test('shows no password of a URL, and fits into an answer', async () => {
    const network = healthyNetwork();
    const name = `${'n'.repeat(63)}.${'o'.repeat(63)}.eu-west-1.rds.amazonaws.com`;
    network.connection.properties = { JDBC_CONNECTION_URL: `jdbc:mysql://user:S3cr3t@${name}/orders` };
    network.connection.securityGroupIds = Array.from({ length: 50 }, (_, index) => `sg-${'0'.repeat(16)}${index}`);
    const { answer, puts, log } = await fail(network, `Connect timed out ${'\u0001'.repeat(2_000)}`);

    expect(puts[0]?.body.length).toBeLessThanOrEqual(4096);
    expect(answer.Reason).toMatch(/^Found: /m);
    expect(answer.Reason).toMatch(/^Tried once in .* stream the-log-stream$/m);
    expect(log).not.toContain('S3cr3t');
  });

  describe('where EC2 does not help', () => {
    const reasonOf = ({ answer }: Result) => answer.Reason?.replace(/in [\d.]+ s\./, '');
    afterEach(() => {
      blackBox.aws.disturbEc2 = undefined;
    });

    test.each<[string, Reply]>([
      ['denies', ec2Error('UnauthorizedOperation', 403)],
      ['throttles', ec2Error('RequestLimitExceeded', 503)],
      ['fails', raw(500)],
      ['is silent', () => undefined],
      ['drips', FAULTS.find(({ name }) => name === 'a slow drip')!.reply],
      ['resets', (_, socket) => socket.resetAndDestroy()],
      ['sends HTML', raw(200, '<!DOCTYPE html><html><body>no</body></html>')],
      ['sends other XML', raw(200, '<DescribeResponse><requestId>1</requestId></DescribeResponse>')],
      ['sends nothing', raw(200)],
      ['sends no text', raw(200, Buffer.from('fffe00c3289080', 'hex'))],
    ])('but %s, the answer is the same as without, and in time', async (_, reply) => {
      const without = reasonOf(await fail(closed(), 'Connect timed out', { NetworkDiagnosis: 'DISABLED' }));
      blackBox.aws.disturbEc2 = () => reply;
      const startedAt = Date.now();
      const result = await fail(closed(), 'Connect timed out', {}, 8_000);

      expect(reasonOf(result)).toBe(without);
      expect(result.findings).toEqual([]);
      expect(Date.now() - startedAt).toBeLessThan(4_000);
    });

    const OPERATIONS = [
      ...['DescribeSubnets', 'DescribeSecurityGroups', 'DescribeNetworkAcls', 'DescribeRouteTables'],
      ...['DescribeVpcEndpoints', 'DescribeNatGateways', 'DescribeVpcAttribute', 'DescribeNetworkInterfaces'],
    ];

    test.each(OPERATIONS)('but denies or does not answer %s alone, nothing false is found', async (operation) => {
      for (const reply of [ec2Error('UnauthorizedOperation', 403), () => undefined]) {
        blackBox.aws.disturbEc2 = (called) => (called === operation ? reply : undefined);

        expect((await fail(healthyNetwork(), 'Connect timed out', {}, 4_000)).findings).toEqual([]);
      }
    });
  });
});
