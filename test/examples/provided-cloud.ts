import { LocalCloud, PostgresServer, type StackEvent, type StackResult } from '@cdk-glue-connection-test/local-cloud';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { providerTemplate } from '../tools/template/built';

const PROVIDER = 'glue-connection-test';

/** Where the provider's template is deployed, with a database and secrets of its right and of a wrong password. */
export class ProvidedCloud {
  static async start(): Promise<ProvidedCloud> {
    const password = randomBytes(12).toString('base64url');
    const database = await PostgresServer.start({ user: 'orders', password, database: 'orders' });
    const events: StackEvent[] = [];
    const cloud = await LocalCloud.start({ onEvent: (event) => events.push(event) });
    cloud.secretsManager.create('orders/database', JSON.stringify({ username: 'orders', password }));
    cloud.secretsManager.create('orders/wrong', JSON.stringify({ username: 'orders', password: 'wrong' }));
    return new ProvidedCloud(cloud, database, events);
  }

  private constructor(
    readonly cloud: LocalCloud,
    private readonly database: PostgresServer,
    private readonly events: StackEvent[],
  ) {}

  get jdbcUrl(): string {
    return `jdbc:postgresql://${this.database.host}:${this.database.port}/orders`;
  }

  async deployProvider(parameters: Readonly<Record<string, string>> = {}): Promise<StackResult> {
    return this.cloud.deployTemplate(providerTemplate(), PROVIDER, {
      parameters: { ConnectionNamePattern: 'orders', SecretNamePattern: 'orders/*', ...parameters },
    });
  }

  /** One that is there before what is tested, in the stack `Connection`. */
  async deployConnection(name: string, secretName: string): Promise<void> {
    const properties = { JDBC_CONNECTION_URL: this.jdbcUrl, SECRET_ID: secretName };
    const input = { Name: name, ConnectionType: 'JDBC', ConnectionProperties: properties };
    const connection = {
      Type: 'AWS::Glue::Connection',
      Properties: { CatalogId: { Ref: 'AWS::AccountId' }, ConnectionInput: input },
    };
    await this.cloud.deployTemplate({ Resources: { Connection: connection } }, 'Connection');
  }

  async deploy(
    template: unknown,
    stackName: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<StackResult> {
    this.events.length = 0;
    return this.cloud.deployTemplate(template, stackName, { parameters });
  }

  /** A stack of a synthesized app. */
  async deployAssembly(
    folder: string,
    stackName: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<StackResult> {
    this.events.length = 0;
    return this.cloud.deploy(folder, stackName, { parameters });
  }

  /** In the last deployment. */
  eventsOf(type: string): string[] {
    return this.events.filter(({ resourceType }) => resourceType === type).map(({ status }) => status);
  }

  /** Why the last deployment failed. */
  get failure(): string | undefined {
    return this.events.find(({ status }) => status.endsWith('_FAILED'))?.reason;
  }

  /** Stacks that use the provider, in the order of their deletion, and then the provider. */
  async deleteStacks(...stackNames: string[]): Promise<void> {
    for (const stackName of [...stackNames, PROVIDER]) {
      await this.cloud.cloudFormation.deleteStack(stackName);
    }
  }

  async stop(): Promise<void> {
    await this.cloud.stop();
    await this.database.stop();
  }
}

export function exampleText(name: string): string {
  return readFileSync(path.join(__dirname, '../../examples', name), 'utf8');
}
