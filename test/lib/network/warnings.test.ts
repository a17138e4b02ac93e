import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Annotations as CdkAnnotations, Stack, type App } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as glue from 'aws-cdk-lib/aws-glue';
import { ConnectionTests } from '../../../lib/index';
import { buildNetworks, createApp, createConnectionIn, createOrdinaryApp, NETWORKS } from '../apps/networks';
import { BROKEN_WORLDS, HEALTHY_WORLDS, HealthyWorld } from '../apps/network-worlds';

const PREFIX = 'cdk-glue-connection-test:network:';

function findingsIn(app: App): string[] {
  return app
    .synth()
    .stacks.flatMap(({ messages }) =>
      messages.map(({ id, entry }) => `${id} ${JSON.stringify(entry.data)}`).filter((text) => text.includes(PREFIX)),
    );
}

function rulesIn(app: App): (string | undefined)[] {
  return findingsIn(app).map((text) => new RegExp(`${PREFIX}(\\w+)`).exec(text)?.[1]);
}

test('nothing is warned of in a healthy network', () => {
  expect(findingsIn(buildNetworks((stack) => new HealthyWorld(stack)))).toEqual([]);
});

test.each(Object.entries(HEALTHY_WORLDS))('nothing is warned of in an odd one: %s', (_, change) => {
  expect(findingsIn(buildNetworks((stack) => change(new HealthyWorld(stack))))).toEqual([]);
});

test.each(Object.entries(BROKEN_WORLDS))('what is broken is warned of: %s', (_, { rules, resource, change }) => {
  const app = buildNetworks((stack) => change(new HealthyWorld(stack)));

  expect(rulesIn(app)).toEqual(rules);
  expect(findingsIn(app)[0]).toContain(resource);
});

test.each(Object.keys(NETWORKS))('nothing is warned of: %s', (name) => {
  expect(findingsIn(buildNetworks(NETWORKS[name]!.build))).toEqual([]);
});

test('nothing is said of a group when a rule names its group by a name, which may be its own', () => {
  const app = buildNetworks((stack) => {
    BROKEN_WORLDS['no rule that admits the group itself']!.change(new HealthyWorld(stack));
    new ec2.CfnSecurityGroupIngress(stack, 'ByName', { groupName: 'glue', ipProtocol: '-1', cidrIp: '10.0.0.0/16' });
  });

  expect(rulesIn(app)).toEqual([]);
});

describe('a warning', () => {
  const OPTIONS = { host: 'db.example.com' };

  function createOpen(stack: Stack): { vpc: ec2.Vpc; group: ec2.SecurityGroup; connection: glue.Connection } {
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 1 });
    const group = new ec2.SecurityGroup(stack, 'Group', { vpc });
    const subnet = vpc.privateSubnets[0]!;
    return { vpc, group, connection: createConnectionIn(stack, { ...OPTIONS, subnet, securityGroups: [group] }) };
  }

  test('is given once, at the connection, with what is wrong and what to do', () => {
    const app = createApp();
    const stack = new Stack(app, 'Stack');
    createOpen(stack);
    ConnectionTests.applyTo(app);
    app.synth({ force: true });
    const warnings = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp(PREFIX));

    expect(warnings).toHaveLength(1);
    expect(warnings[0]!.id).toBe('/Stack/Orders/Resource');
    expect(warnings[0]!.entry.data).toMatch(
      /^Security group Stack\/Group has no inbound rule for all TCP ports from itself\. Add an inbound rule .*acknowledge this warning/,
    );
  });

  test('is not given where it is acknowledged, also at the construct around the connection', () => {
    const app = createApp();
    const { connection } = createOpen(new Stack(app, 'Stack'));
    CdkAnnotations.of(connection).acknowledgeWarning(`${PREFIX}SELF_REFERENCE_MISSING`, 'somebody else adds it');
    ConnectionTests.applyTo(app);

    expect(findingsIn(app)).toEqual([]);
  });

  test('is not given where it is acknowledged before, at the CfnConnection itself; another one is', () => {
    const app = createApp();
    const stack = new Stack(app, 'Stack');
    const { connection } = createOpen(stack);
    const resource = connection.node.defaultChild as glue.CfnConnection;
    resource.addPropertyOverride('ConnectionInput.PhysicalConnectionRequirements.AvailabilityZone', 'xx-west-1a');
    (stack.node.findChild('Vpc').node.findChild('PrivateSubnet1').node.defaultChild as ec2.CfnSubnet).availabilityZone =
      'xx-west-1b';
    CdkAnnotations.of(resource).acknowledgeWarning(`${PREFIX}SELF_REFERENCE_MISSING`, 'somebody else adds it');
    ConnectionTests.applyTo(app);

    expect(rulesIn(app)).toEqual(['AVAILABILITY_ZONE_MISMATCH']);
    expect(resource.node.children).toEqual([]);
  });

  test('is not given where the rule is added late, in another stack', () => {
    const app = createApp();
    const { group } = createOpen(new Stack(app, 'Stack'));
    ConnectionTests.applyTo(app);
    const { securityGroupId } = group;
    const rule = { groupId: securityGroupId, sourceSecurityGroupId: securityGroupId, ipProtocol: '-1' };
    new ec2.CfnSecurityGroupIngress(new Stack(app, 'Later'), 'SelfReference', rule);

    expect(findingsIn(app)).toEqual([]);
  });

  test('is not given of a connection without a test', () => {
    const app = createApp();
    const stack = new Stack(app, 'Stack');
    createOpen(stack);
    ConnectionTests.applyTo(app, { exclude: [stack] });

    expect(findingsIn(app)).toEqual([]);
  });

  test('is not given of an ordinary app', () => {
    expect(findingsIn(buildNetworks((stack) => void createOrdinaryApp(stack)))).toEqual([]);
  });
});
