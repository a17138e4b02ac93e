import { GetConnectionCommand, TestConnectionCommand } from '@aws-sdk/client-glue';
import type { Cloud } from './clouds';
import type { Probe } from './probe';

export interface Difference {
  /** What AWS documents; local-cloud does it, and MiniStack doesn't. */
  readonly documented: string;
  readonly see: string;
  /** What one of both clouds does. */
  observe(cloud: Cloud, probe: Probe): Promise<unknown>;
  readonly localCloud: unknown;
  readonly ministack: unknown;
}

const USER_GUIDE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';
const REFERENCE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
const LAMBDA_GUIDE = 'https://docs.aws.amazon.com/lambda/latest/dg';

/** Where the two differ. In each, local-cloud is right by AWS's documentation; the README says so in its table. */
export const DIFFERENCES: readonly Difference[] = [
  {
    documented: 'The response URL of a custom resource is https.',
    see: `${LAMBDA_GUIDE}/services-cloudformation.html`,
    async observe(cloud, probe) {
      await cloud.deploy(probe.template({ One: {} }));
      return probe.seen.map(({ event }) => new URL(event.ResponseURL).protocol);
    },
    localCloud: ['https:'],
    ministack: ['http:'],
  },
  {
    documented: "A custom resource's event has its ServiceToken beside the properties.",
    see: `${LAMBDA_GUIDE}/services-cloudformation.html`,
    async observe(cloud, probe) {
      await cloud.deploy(probe.template({ One: {} }));
      return probe.seen.map(({ event }) => typeof event.ServiceToken);
    },
    localCloud: ['string'],
    ministack: ['undefined'],
  },
  {
    documented: 'An answer of more than 4,096 bytes fails the custom resource.',
    see: `${USER_GUIDE}/crpg-ref-responses.html`,
    observe(cloud, probe) {
      probe.answer = ({ event }) => (event.RequestType === 'Create' ? { Data: { Text: 'x'.repeat(5000) } } : {});
      return cloud.deploy(probe.template({ One: {} }));
    },
    localCloud: 'ROLLBACK_COMPLETE',
    ministack: 'CREATE_COMPLETE',
  },
  {
    documented: 'A function that fails is invoked twice more with the same event.',
    see: `${LAMBDA_GUIDE}/invocation-async-error-handling.html`,
    async observe(cloud, probe) {
      probe.answer = ({ event }) => ({ crashes: event.RequestType === 'Create' });
      await cloud.deploy(probe.template({ One: { ServiceTimeout: 3 } }));
      return probe.seen.filter(({ event }) => event.RequestType === 'Create').length;
    },
    localCloud: 3,
    ministack: 1,
  },
  {
    documented: 'Resources that do not depend on each other are created side by side.',
    see: `${USER_GUIDE}/aws-attribute-dependson.html`,
    async observe(cloud, probe) {
      probe.answer = ({ event }) => ({ delayMs: event.RequestType === 'Create' ? 1000 : 0 });
      await cloud.deploy(probe.template({ One: {}, Two: {} }));
      const [first = 0, second = 0] = probe.seen.map(({ at }) => at);
      return second - first < 1000;
    },
    localCloud: true,
    ministack: false,
  },
  {
    documented: 'An update leaves alone what does not change.',
    see: `${USER_GUIDE}/using-cfn-updating-stacks-update-behaviors.html`,
    async observe(cloud, probe) {
      await cloud.deploy(probe.template({ One: { Text: 'before' } }));
      await cloud.deploy(probe.template({ One: { Text: 'after' } }));
      const updated = (await cloud.events()).filter(({ ResourceStatus }) => ResourceStatus === 'UPDATE_COMPLETE');
      return [...new Set(updated.map(({ LogicalResourceId }) => LogicalResourceId))].sort();
    },
    localCloud: ['One', 'Probe'],
    ministack: ['Function', 'Log', 'One', 'Probe', 'Role'],
  },
  {
    documented: 'A function finds its log group in AWS_LAMBDA_LOG_GROUP_NAME.',
    see: `${LAMBDA_GUIDE}/configuration-envvars.html`,
    async observe(cloud, probe) {
      await cloud.deploy(probe.template({ One: {} }));
      return probe.seen.map(({ logGroup }) => logGroup);
    },
    localCloud: ['probe'],
    ministack: [undefined],
  },
  {
    documented: 'Glue has TestConnection.',
    see: 'https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnection.html',
    observe: (cloud) => errorOf(cloud.glue.send(new TestConnectionCommand({ ConnectionName: 'none' }))),
    localCloud: 'EntityNotFoundException',
    ministack: 'InvalidAction',
  },
  {
    documented: 'GetConnection with HidePassword returns no password.',
    see: 'https://docs.aws.amazon.com/glue/latest/webapi/API_GetConnection.html',
    async observe(cloud, probe) {
      await cloud.deploy(probe.template({}, { Connection: CONNECTION }));
      const { Connection } = await cloud.glue.send(new GetConnectionCommand({ Name: 'probe', HidePassword: true }));
      return Connection?.ConnectionProperties?.PASSWORD;
    },
    localCloud: undefined,
    ministack: 'example',
  },
  {
    documented: 'Rules of security groups, NAT gateways and network ACLs are resources.',
    see: `${REFERENCE}/AWS_EC2.html`,
    async observe(cloud) {
      const refused: string[] = [];
      for (const type of ['SecurityGroupIngress', 'NatGateway', 'NetworkAcl']) {
        const error = await errorOf(cloud.deploy({ Resources: { One: { Type: `AWS::EC2::${type}` } } }));
        refused.push(...(error === 'none' ? [] : [type]));
        await cloud.delete();
      }
      return refused;
    },
    localCloud: [],
    ministack: ['SecurityGroupIngress', 'NatGateway', 'NetworkAcl'],
  },
  {
    documented: 'A VPC has the attribute CidrBlock.',
    see: `${REFERENCE}/aws-resource-ec2-vpc.html`,
    observe: (cloud) =>
      cloud.deploy({
        Resources: { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } },
        Outputs: { Range: { Value: { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] } } },
      }),
    localCloud: 'CREATE_COMPLETE',
    ministack: 'ROLLBACK_COMPLETE',
  },
];

const CONNECTION = {
  Type: 'AWS::Glue::Connection',
  Properties: {
    CatalogId: { Ref: 'AWS::AccountId' },
    ConnectionInput: {
      Name: 'probe',
      ConnectionType: 'JDBC',
      ConnectionProperties: {
        JDBC_CONNECTION_URL: 'jdbc:postgresql://db.example.com:5432/orders',
        USERNAME: 'orders',
        PASSWORD: 'example',
      },
    },
  },
};

async function errorOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'none',
    (error: unknown) => (error as Error).name,
  );
}
