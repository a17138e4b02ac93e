import { LocalCloud, ServiceError, type StackEvent } from '@cdk-glue-connection-test/local-cloud';
import { App, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ConnectionTests } from '../../lib/index';
import { JOB, TEST } from './harness';

jest.setTimeout(120_000);

const folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-e2e-'));
const events: StackEvent[] = [];
const created = (type: string, id: string) =>
  events.some(
    ({ resourceType, logicalId, status }) =>
      resourceType === `AWS::EC2::${type}` && logicalId.startsWith(id) && status === 'CREATE_COMPLETE',
  );

/** As Glue answers while the network is not there yet. */
function refuse(): void {
  if (!created('SecurityGroupIngress', 'Group')) {
    throw new ServiceError(
      'InvalidInputException',
      'At least one security group must open all ingress ports. To limit traffic, the source security group in your ' +
        'inbound rule can be restricted to the same security group',
    );
  }
  const isNatThere = created('NatGateway', 'Vpc') && created('Route', 'VpcPrivateSubnet1DefaultRoute');
  if (!isNatThere || !created('SubnetRouteTableAssociation', 'VpcPrivateSubnet1')) {
    throw new ServiceError(
      'InvalidInputException',
      'VPC S3 endpoint validation failed for SubnetId: subnet-1. VPC: vpc-1. Reason: Could not find S3 endpoint or NAT ' +
        'gateway for subnetId: subnet-1 in Vpc vpc-1',
    );
  }
  if (!created('VPCEndpoint', 'VpcSecrets')) {
    throw new ServiceError('InvalidInputException', 'Secrets Manager: connect timed out');
  }
}

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await LocalCloud.start({
    onEvent: (event) => events.push(event),
    connect: () => Promise.resolve().then(refuse),
  });
});
afterEach(async () => {
  await cloud.cloudFormation.deleteStack('Network');
});
afterAll(async () => {
  await cloud.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** An app as most are, whose endpoint and NAT gateway take a while, as they do. */
function synthesize(): string {
  const app = new App({ analyticsReporting: false, outdir: mkdtempSync(path.join(folder, 'cdk.out-')) });
  const stack = new Stack(app, 'Network');
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 1, restrictDefaultSecurityGroup: false });
  const group = new ec2.SecurityGroup(stack, 'Group', { vpc });
  group.addIngressRule(group, ec2.Port.allTcp());
  const endpoint = vpc.addInterfaceEndpoint('Secrets', {
    service: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
  });
  const slow = new CustomResource(stack, 'Slow', { serviceToken: createSlowFunction(stack).functionArn });
  endpoint.node.addDependency(slow);
  vpc.publicSubnets[0]!.node.findChild('NATGateway').node.addDependency(slow);
  const connection = new glue.Connection(stack, 'Orders', {
    type: glue.ConnectionType.JDBC,
    properties: {
      JDBC_CONNECTION_URL: 'jdbc:postgresql://db.example.com:5432/orders',
      USERNAME: 'orders',
      PASSWORD: 'x',
    },
    network: glue.ConnectionNetwork.subnet(vpc.privateSubnets[0]!),
    securityGroups: [group],
  });
  new glue.CfnJob(stack, 'Job', {
    role: 'arn:aws:iam::111122223333:role/glue',
    command: { name: 'glueetl', scriptLocation: 's3://example-bucket/job.py' },
    connections: { connections: [connection.connectionName] },
  });
  ConnectionTests.applyTo(app, { timeout: Duration.seconds(2), maxAttempts: 1 });
  return app.synth().directory;
}

function createSlowFunction(stack: Stack): lambda.Function {
  return new lambda.Function(stack, 'SlowFunction', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    timeout: Duration.seconds(30),
    code: lambda.Code.fromInline(
      "const { send, SUCCESS } = require('cfn-response');\n" +
        'exports.handler = async (event, context) => {\n' +
        '  await new Promise((resolve) => setTimeout(resolve, event.RequestType === "Create" ? 6000 : 0));\n' +
        "  await send(event, context, SUCCESS, {}, 'slow');\n" +
        '};\n',
    ),
  });
}

/** Leaves the test only what it refers to, and its policy. */
function takeWaitingOut(directory: string): void {
  const file = path.join(directory, 'Network.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as {
    Resources: Record<string, { Type: string; DependsOn?: string[] }>;
  };
  for (const resource of Object.values(template.Resources).filter(({ Type }) => Type === TEST)) {
    resource.DependsOn = resource.DependsOn?.filter((id) => !template.Resources[id]!.Type.startsWith('AWS::EC2::'));
  }
  writeFileSync(file, JSON.stringify(template));
}

test('the first deployment of a network with its connection passes', async () => {
  const { status } = await cloud.deploy(synthesize(), 'Network');

  expect(events.filter((event) => event.status.endsWith('_FAILED'))).toEqual([]);
  expect(status).toBe('CREATE_COMPLETE');
  expect(events.filter(({ resourceType }) => resourceType === JOB).map((event) => event.status)).toContain(
    'CREATE_COMPLETE',
  );
});

test('it rolls back where the test does not wait for the network', async () => {
  events.length = 0;
  const directory = synthesize();
  takeWaitingOut(directory);
  const { status } = await cloud.deploy(directory, 'Network');

  expect(status).toBe('ROLLBACK_COMPLETE');
  const [failure] = events.filter((event) => event.status === 'CREATE_FAILED');
  expect(failure?.resourceType).toBe(TEST);
  expect(failure?.reason).toContain('Could not find S3 endpoint');
  expect(events.filter(({ resourceType }) => resourceType === JOB)).toEqual([]);
});
