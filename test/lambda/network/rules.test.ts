import { EC2Client } from '@aws-sdk/client-ec2';
import { SYSTEM_CLOCK } from '../../../lambda/base/clock';
import { readFacts } from '../../../lambda/network/read-facts';
import { checkedIn, findingsIn, RULES } from '../../../lambda/network/rules';
import type { NetworkFacts } from '../../../lambda/network/rules/facts';
import { AwsStub } from '../aws-stub';
import { DNS, healthyNetwork, permission } from './network';
import { BROKEN_WORLDS, HEALTHY_WORLDS } from './worlds';
import { installDns } from '../fake-dns';

let aws: AwsStub;
let client: EC2Client;
beforeAll(async () => {
  installDns(DNS);
  aws = await AwsStub.start();
  const credentials = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'example' };
  client = new EC2Client({ endpoint: aws.url, region: 'eu-west-1', credentials, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await aws.close();
});

async function factsOf(change: (network: ReturnType<typeof healthyNetwork>) => void): Promise<NetworkFacts> {
  const network = healthyNetwork();
  change(network);
  aws.network = network;
  const { subnetId, securityGroupIds, availabilityZone, properties } = network.connection;
  const requirements = {
    SubnetId: subnetId,
    SecurityGroupIdList: securityGroupIds,
    AvailabilityZone: availabilityZone,
  };
  const connection = { ConnectionProperties: properties, PhysicalConnectionRequirements: requirements };
  return readFacts(connection, client, 10_000, SYSTEM_CLOCK, 'eu-west-1');
}

/** What has to be there, or is as good as false where it isn't. */
const NEEDED = [
  ...['connection', 'id', 'items', 'kind', 'direction', 'number', 'action', 'from', 'to', 'routes', 'entries'],
  ...['isMissing', 'isBlackHole', 'isNameUnknown', 'isComplete', 'securityGroupId', 'prefixListId'],
];

/** The facts with one of them unknown, each in turn. */
function* withOneUnknown(value: unknown, parent = ''): Generator {
  if (Array.isArray(value)) {
    const items = value as unknown[];
    for (const [index, item] of items.entries()) {
      for (const changed of withOneUnknown(item)) {
        yield [...items.slice(0, index), changed, ...items.slice(index + 1)];
      }
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      if (!NEEDED.includes(name) && !(parent === 'peer' && name === 'cidr')) {
        yield { ...value, [name]: undefined };
      }
      if (name === 'isComplete') {
        yield { ...value, isComplete: false };
      }
      for (const changed of withOneUnknown(member, name)) {
        yield { ...value, [name]: changed };
      }
    }
  }
}

test.each([...BROKEN_WORLDS, ...HEALTHY_WORLDS])(
  'whichever fact is unknown, nothing is found that would not be found with it, where $name',
  async ({ change }) => {
    const facts = await factsOf(change);
    const all = findingsIn(facts).map(({ rule }) => rule);
    const known = Array.from(withOneUnknown(facts));
    const wrong = known.flatMap((fewer) =>
      findingsIn(fewer as NetworkFacts)
        .filter(({ rule }) => !all.includes(rule))
        .map((finding) => ({ finding, fewer: JSON.stringify(fewer) })),
    );

    expect(known.length).toBeGreaterThan(all.includes('SUBNET_MISSING') ? 10 : 40);
    expect(wrong).toEqual([]);
  },
);

test('where nothing is known, nothing is found, and nothing is in order', () => {
  expect(findingsIn({ connection: {} })).toEqual([]);
  expect(checkedIn({ connection: {} })).toEqual([]);
});

test('of a healthy network, all is in order that has to do with it', async () => {
  const inOrder = checkedIn(await factsOf(() => undefined)).map(({ name }) => name);
  const ofUnused = ['KMS_UNREACHABLE', 'NAT_NOT_AVAILABLE', 'STS_UNREACHABLE'];

  expect([...inOrder, ...ofUnused].sort()).toEqual(RULES.map(({ name }) => name).sort());
});

test('what is closed to everybody is found without the groups of the connection, and names none of them', async () => {
  const facts = await factsOf((network) => {
    network.connection.securityGroupIds = [];
    for (const group of network.securityGroups) {
      group.inbound = [];
    }
  });

  expect(findingsIn(facts).map(({ sentence, nextStep }) => `${sentence} ${nextStep}`)).toEqual([
    'The data store (eni-store) is closed: sg-store does not admit the connection on port 5432. ' +
      "Add an inbound rule for TCP port 5432 to sg-store, with the connection's security group as its source.",
    'Endpoint vpce-secrets for Secrets Manager is closed: sg-endpoint does not admit the connection on port 443. ' +
      "Add an inbound rule for TCP port 443 to sg-endpoint, with the connection's security group as its source.",
  ]);
});

test('an address that only the function has asked for is told as such: in the VPC, the name may have another one', async () => {
  const facts = await factsOf((network) => {
    const { routes } = network.routeTables[0]!;
    network.connection.properties.JDBC_CONNECTION_URL = 'jdbc:postgresql://db.example.com:5432/orders';
    network.securityGroups[0]!.outbound = [permission('10.0.0.0/8')];
    network.networkAcls[0]!.entries = [];
    routes.splice(1, 1);
  });
  const asked = 'db.example.com (203.0.113.7, as the function sees it)';

  expect(findingsIn(facts).map(({ sentence }) => sentence)).toEqual([
    `Security group sg-glue has no outbound rule for port 5432 of ${asked}.`,
    `Route table rtb-1 of subnet subnet-0a has no route to ${asked}.`,
    `Network ACL acl-1 denies traffic to ${asked} on port 5432.`,
  ]);
  expect(findingsIn({ ...facts, store: { ...facts.store, host: '203.0.113.7' } })[0]!.sentence).toMatch(
    /port 5432 of 203\.0\.113\.7\.$/,
  );
});

test('rules for IPv6 alone put nothing in order where there are addresses of both kinds', async () => {
  const facts = await factsOf((network) => {
    network.subnets[0]!.ipv6Cidr = '2001:db8:1::/64';
    for (const group of network.securityGroups) {
      group.inbound = [permission('::/0')];
      group.outbound = [permission('::/0')];
    }
    network.connection.properties.JDBC_CONNECTION_URL =
      'jdbc:postgresql://silent.abc123.eu-west-1.rds.amazonaws.com:1/o';
  });
  const inOrder = checkedIn(facts).map(({ name }) => name);
  const networkInterfaces = facts.endpoints!.items.filter(({ kind }) => kind === 'INTERFACE');
  const store = { port: 5432, networkInterfaces: { items: networkInterfaces, isComplete: true } };

  expect(inOrder).not.toContain('SELF_REFERENCE_MISSING');
  expect(inOrder).not.toContain('EGRESS_CLOSED');
  expect(inOrder).not.toContain('ENDPOINT_CLOSED');
  expect(findingsIn(facts)).toEqual([]);
  expect(checkedIn({ ...facts, store }).map(({ name }) => name)).not.toContain('STORE_CLOSED');
});

test('each rule has a world in which it finds something, a name of its own and a link to AWS', () => {
  const found = new Set([...BROKEN_WORLDS.map(({ rule }) => rule), 'KMS_UNREACHABLE']);

  expect([...found].sort()).toEqual(RULES.map(({ name }) => name).sort());
  for (const { link } of RULES) {
    expect(link).toMatch(/^https:\/\/(docs\.aws\.amazon\.com|repost\.aws)\//);
  }
});

test('KMS is looked for as the other services are', async () => {
  const facts = await factsOf(() => undefined);
  const withKms = { ...facts, connection: { ...facts.connection, uses: { ...facts.connection.uses, kms: true } } };

  expect(findingsIn(withKms).map(({ rule, sentence }) => [rule, sentence])).toEqual([
    ['KMS_UNREACHABLE', 'vpc-1 has no interface endpoint for KMS, and rtb-1 has no route to a NAT gateway.'],
  ]);
});
