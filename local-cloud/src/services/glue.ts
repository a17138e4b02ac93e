import type { Environment } from '../environment';
import { authorize } from '../iam/authorization';
import type { Session } from '../iam/access-keys';
import { CredentialSource, invalidInput } from './connectors/credentials';
import { testJdbc } from './connectors/jdbc';
import { testWebService } from './connectors/web-service';
import { GlueEntities } from './glue-entities';
import type { Operations } from './protocols/protocol';
import type { SecretsManager } from './secrets-manager';
import { parseTestConnection, type ConnectionSettings } from './test-connection-request';

/** The part of Glue's `Connection` that is modelled. */
export interface Connection extends ConnectionSettings {
  readonly Name: string;
}

/** @see https://docs.aws.amazon.com/glue/latest/webapi/API_Job.html */
export type Job = Readonly<Record<string, unknown>> & { readonly Name: string };

/** @see https://docs.aws.amazon.com/glue/latest/webapi/API_Crawler.html */
export type Crawler = Readonly<Record<string, unknown>> & { readonly Name: string };

/** Tries a connection, and throws what TestConnection answers where it fails. */
export type Connect = (settings: ConnectionSettings, source: CredentialSource) => Promise<void>;

/** Really connects to the data store. */
const connectToStore: Connect = (settings, source) =>
  settings.ConnectionType === 'JDBC' ? testJdbc(settings, source) : testWebService(settings, source);

/** @see https://docs.aws.amazon.com/glue/latest/webapi/Welcome.html */
export class Glue {
  readonly connections = new GlueEntities<Connection>('Connection', (name) => `Connection ${name} not found.`);
  readonly jobs = new GlueEntities<Job>('Job', (name) => `Job with name: ${name} not found.`);
  // https://github.com/iann0036/AWSConsoleRecorder/issues/35 shows the words.
  readonly crawlers = new GlueEntities<Crawler>('Crawler', (name) => `Crawler entry with name ${name} does not exist`);
  private readonly requests: Readonly<Record<string, unknown>>[] = [];

  constructor(
    private readonly environment: Environment,
    private readonly secretsManager: SecretsManager,
    private readonly connect: Connect = connectToStore,
  ) {}

  get operations(): Operations {
    return {
      'AWSGlue.TestConnection': (caller, input) => this.testConnection(caller, input),
      'AWSGlue.GetConnection': (caller, input) => this.getConnection(caller, input),
      'AWSGlue.GetJob': (caller, input) => this.getJob(caller, input),
      'AWSGlue.GetCrawler': (caller, input) => this.getCrawler(caller, input),
    };
  }

  /** The body of each TestConnection that has arrived, as it arrived, oldest first. */
  get received(): readonly Readonly<Record<string, unknown>>[] {
    return this.requests;
  }

  job(name: string): Job | undefined {
    return this.jobs.find(name);
  }

  crawler(name: string): Crawler | undefined {
    return this.crawlers.find(name);
  }

  putConnection(connection: Connection): void {
    this.connections.put(connection);
  }

  deleteConnection(name: string): void {
    this.connections.delete(name);
  }

  /** @see https://docs.aws.amazon.com/glue/latest/webapi/API_GetConnection.html */
  private async getConnection(caller: Session, input: Record<string, unknown>): Promise<object> {
    const name = String(input.Name);
    const catalogId = input.CatalogId as string | undefined;
    const resources = ['catalog', `connection/${name}`].map((resource) => this.arn(resource, catalogId));
    await authorize(caller, 'glue:GetConnection', resources);
    const { AuthenticationConfiguration: authentication, ...connection } = this.connections.get(name);
    const hidden = input.HidePassword === true ? ['PASSWORD', 'ENCRYPTED_PASSWORD'] : [];
    const visible = Object.entries(connection.ConnectionProperties).filter(([key]) => !hidden.includes(key));
    return {
      Connection: {
        ...connection,
        ConnectionProperties: Object.fromEntries(visible),
        AuthenticationConfiguration: authentication && describe(authentication),
      },
    };
  }

  /** @see https://docs.aws.amazon.com/glue/latest/webapi/API_GetJob.html */
  private async getJob(caller: Session, input: Record<string, unknown>): Promise<object> {
    const name = String(input.JobName);
    await authorize(caller, 'glue:GetJob', [this.arn(`job/${name}`)]);
    return { Job: this.jobs.get(name) };
  }

  /** @see https://docs.aws.amazon.com/glue/latest/webapi/API_GetCrawler.html */
  private async getCrawler(caller: Session, input: Record<string, unknown>): Promise<object> {
    const name = String(input.Name);
    await authorize(caller, 'glue:GetCrawler', [this.arn(`crawler/${name}`)]);
    return { Crawler: this.crawlers.get(name) };
  }

  /**
   * Connects to the data store, and reads secrets with the permissions of the caller.
   *
   * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnection.html
   */
  private async testConnection(caller: Session, body: Record<string, unknown>): Promise<object> {
    this.requests.push(body);
    const settings = await this.settings(caller, body);
    await this.connect(settings, new CredentialSource(this.secretsManager, caller));
    return {};
  }

  /** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsglue.html */
  private async settings(caller: Session, body: Record<string, unknown>): Promise<ConnectionSettings> {
    const { ConnectionName: name, TestConnectionInput: input, CatalogId: catalogId } = parseTestConnection(body);
    if (name !== undefined && input !== undefined) {
      throw invalidInput('ConnectionName and TestConnectionInput cannot be provided at the same time');
    }
    if (input !== undefined) {
      await authorize(caller, 'glue:TestConnection', [this.arn(`connectionType:${input.ConnectionType}`)]);
      return input;
    }
    if (name === undefined) {
      throw invalidInput('Either ConnectionName or TestConnectionInput is required');
    }
    await authorize(caller, 'glue:TestConnection', [this.arn(`connection/${name}`, catalogId)]);
    return this.connections.get(name);
  }

  private arn(resource: string, catalogId: string = this.environment.accountId): string {
    return `arn:${this.environment.partition}:glue:${this.environment.region}:${catalogId}:${resource}`;
  }
}

/**
 * What GetConnection shows: no credentials.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_AuthenticationConfiguration.html
 */
function describe(configuration: NonNullable<ConnectionSettings['AuthenticationConfiguration']>): object {
  const { AuthenticationType, SecretArn, KmsKeyArn, OAuth2Properties } = configuration;
  const { OAuth2GrantType, OAuth2ClientApplication, TokenUrl, TokenUrlParametersMap } = OAuth2Properties ?? {};
  return {
    ...{ AuthenticationType, SecretArn, KmsKeyArn },
    OAuth2Properties: OAuth2Properties && {
      ...{ OAuth2GrantType, OAuth2ClientApplication, TokenUrl, TokenUrlParametersMap },
    },
  };
}
