import { connectToPostgresql, parseJdbcUrl, PostgresServer } from '@cdk-glue-connection-test/local-cloud';
import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { EC2Client } from '@aws-sdk/client-ec2';
import { GetConnectionCommand, GlueClient } from '@aws-sdk/client-glue';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Cli } from '../../cli/cli';
import { Glue, type TestConnection } from './glue';
import { freePort, MiniStack, type MiniStackOptions } from './ministack';

export interface MiniStackBedOptions extends Pick<MiniStackOptions, 'authorizes'> {
  /** @default - a login into the connection's database */
  readonly testConnection?: TestConnection;
}

/** MiniStack, the Glue and the database behind it, and the `cdk` command in front. */
export class MiniStackBed {
  static async start({ authorizes, testConnection }: MiniStackBedOptions = {}): Promise<MiniStackBed> {
    const password = randomBytes(12).toString('base64url');
    const database = await PostgresServer.start({ user: 'orders', password, database: 'orders' });
    const port = await freePort();
    const clients = new Clients(`http://127.0.0.1:${port}`);
    const glue = await Glue.start(port, testConnection ?? ((name) => connect(clients, name)));
    const ministack = await MiniStack.start({ authorizes, port, glueUrl: glue.url });
    return new MiniStackBed(ministack, glue, clients, database, password);
  }

  readonly cli: Cli;

  private constructor(
    readonly ministack: MiniStack,
    readonly glue: Glue,
    readonly clients: Clients,
    private readonly database: PostgresServer,
    readonly password: string,
  ) {
    this.cli = new Cli(ministack.variables, `jdbc:postgresql://${database.host}:${database.port}/orders`);
  }

  /** The state of a stack; nothing where there is none. */
  async status(stackName: string): Promise<string | undefined> {
    return this.clients.cloudFormation.send(new DescribeStacksCommand({ StackName: stackName })).then(
      ({ Stacks = [] }) => Stacks[0]?.StackStatus,
      () => undefined,
    );
  }

  /** The state in which a stack ends what goes on. */
  async settled(stackName: string): Promise<string | undefined> {
    for (;;) {
      const status = await this.status(stackName);
      if (status?.endsWith('_IN_PROGRESS') !== true) {
        return status;
      }
      await setTimeout(200);
    }
  }

  async outputs(stackName: string): Promise<Record<string, string | undefined>> {
    const { Stacks } = await this.clients.cloudFormation.send(new DescribeStacksCommand({ StackName: stackName }));
    return Object.fromEntries(
      (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue }) => [OutputKey, OutputValue]),
    );
  }

  /** What is said of the resources of a stack that failed. */
  async failureReasons(stackName: string): Promise<string> {
    const { StackEvents = [] } = await this.clients.cloudFormation.send(
      new DescribeStackEventsCommand({ StackName: stackName }),
    );
    return StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED'))
      .map(({ ResourceStatusReason }) => ResourceStatusReason)
      .join('\n');
  }

  /** Puts a text into a bucket. @returns its URL */
  async upload(key: string, body: string): Promise<string> {
    const bucket = `${this.ministack.url}/templates`;
    for (const [url, content] of [[bucket], [`${bucket}/${key}`, body]] as const) {
      const { status } = await fetch(url, { method: 'PUT', body: content });
      if (status !== 200) {
        throw new Error(`PUT ${url}: ${status}`);
      }
    }
    return `${bucket}/${key}`;
  }

  async stop(): Promise<void> {
    this.cli.dispose();
    this.clients.close();
    await this.ministack.stop();
    await this.glue.stop();
    await this.database.stop();
  }
}

/** AWS's SDK in front of MiniStack. */
class Clients {
  readonly cloudFormation: CloudFormationClient;
  readonly ec2: EC2Client;
  readonly glue: GlueClient;
  readonly secretsManager: SecretsManagerClient;

  constructor(endpoint: string) {
    const settings = {
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    };
    this.cloudFormation = new CloudFormationClient(settings);
    this.ec2 = new EC2Client(settings);
    this.glue = new GlueClient(settings);
    this.secretsManager = new SecretsManagerClient(settings);
  }

  close(): void {
    [this.cloudFormation, this.ec2, this.glue, this.secretsManager].forEach((client) => client.destroy());
  }
}

/** Logs into the database of a connection, as TestConnection does. */
async function connect({ glue, secretsManager }: Clients, name: string): Promise<void> {
  const { Connection } = await glue.send(new GetConnectionCommand({ Name: name }));
  const { JDBC_CONNECTION_URL: url = '', SECRET_ID: SecretId } = Connection?.ConnectionProperties ?? {};
  const { SecretString = '' } = await secretsManager.send(new GetSecretValueCommand({ SecretId }));
  const user = JSON.parse(SecretString) as { username: string; password: string };
  await connectToPostgresql({ ...parseJdbcUrl(url), ...user, enforceSsl: false });
}
