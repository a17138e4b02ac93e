import { LocalCloud } from '@cdk-glue-connection-test/local-cloud';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { EC2Client } from '@aws-sdk/client-ec2';
import { GlueClient } from '@aws-sdk/client-glue';
import { setTimeout } from 'node:timers/promises';
import { freePort, MiniStack } from '../ministack';

const STACK_NAME = 'Probe';

/** One of both clouds, as AWS's SDK sees it. */
export class Cloud {
  readonly ec2: EC2Client;
  readonly glue: GlueClient;
  private readonly cloudFormation: CloudFormationClient;

  constructor(
    readonly name: 'local-cloud' | 'MiniStack',
    variables: Readonly<Record<string, string>>,
    private readonly end: () => Promise<void>,
  ) {
    const settings = {
      endpoint: variables.AWS_ENDPOINT_URL,
      region: 'us-east-1',
      credentials: {
        accessKeyId: variables.AWS_ACCESS_KEY_ID ?? '',
        secretAccessKey: variables.AWS_SECRET_ACCESS_KEY ?? '',
      },
    };
    this.cloudFormation = new CloudFormationClient(settings);
    this.ec2 = new EC2Client(settings);
    this.glue = new GlueClient(settings);
  }

  /** Creates the stack, or updates it. @returns its state in the end */
  async deploy(template: object): Promise<string | undefined> {
    const input = {
      StackName: STACK_NAME,
      TemplateBody: JSON.stringify(template),
      Capabilities: ['CAPABILITY_IAM' as const],
    };
    await ((await this.status()) === undefined
      ? this.cloudFormation.send(new CreateStackCommand(input))
      : this.cloudFormation.send(new UpdateStackCommand(input)));
    return this.settled();
  }

  async delete(): Promise<void> {
    await this.cloudFormation.send(new DeleteStackCommand({ StackName: STACK_NAME }));
    await this.settled();
  }

  /** Of the stack and its resources, in the order in which they are listed. */
  async events() {
    const { StackEvents = [] } = await this.cloudFormation.send(
      new DescribeStackEventsCommand({ StackName: STACK_NAME }),
    );
    return StackEvents;
  }

  async stop(): Promise<void> {
    this.cloudFormation.destroy();
    this.ec2.destroy();
    this.glue.destroy();
    await this.end();
  }

  private async status(): Promise<string | undefined> {
    return this.cloudFormation.send(new DescribeStacksCommand({ StackName: STACK_NAME })).then(
      ({ Stacks = [] }) => Stacks[0]?.StackStatus,
      () => undefined,
    );
  }

  private async settled(): Promise<string | undefined> {
    for (;;) {
      const status = await this.status();
      if (status?.endsWith('_IN_PROGRESS') !== true) {
        return status;
      }
      await setTimeout(100);
    }
  }
}

export async function startBoth(): Promise<Cloud[]> {
  const local = await LocalCloud.start({ retryDelaysMs: [100, 100] });
  const ministack = await MiniStack.start({ port: await freePort() });
  const variables = { AWS_ENDPOINT_URL: local.endpointUrl, ...local.administrator() };
  return [
    new Cloud('local-cloud', variables, () => local.stop()),
    new Cloud('MiniStack', ministack.variables, () => ministack.stop()),
  ];
}
