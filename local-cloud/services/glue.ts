import type { Environment } from '../environment';
import { authorize } from '../iam/authorization';
import type { Session } from '../iam/access-keys';
import { ServiceError } from '../service-error';
import { CredentialSource, invalidInput } from './connectors/credentials';
import { testJdbc } from './connectors/jdbc';
import { testWebService } from './connectors/web-service';
import type { Operations } from './protocols/protocol';
import type { SecretsManager } from './secrets-manager';
import { parseTestConnection, type ConnectionSettings } from './test-connection-request';

/** The part of Glue's `Connection` that is modelled. */
export interface Connection extends ConnectionSettings {
  readonly Name: string;
}

/** @see https://docs.aws.amazon.com/glue/latest/webapi/Welcome.html */
export class Glue {
  private readonly connections = new Map<string, Connection>();
  private readonly requests: Readonly<Record<string, unknown>>[] = [];

  constructor(
    private readonly environment: Environment,
    private readonly secretsManager: SecretsManager,
  ) {}

  get operations(): Operations {
    return {
      'AWSGlue.TestConnection': (caller, input) => this.testConnection(caller, input),
      'AWSGlue.GetConnection': (caller, input) => this.getConnection(caller, input),
    };
  }

  /** The body of each TestConnection that has arrived, as it arrived, oldest first. */
  get received(): readonly Readonly<Record<string, unknown>>[] {
    return this.requests;
  }

  putConnection(connection: Connection): void {
    this.connections.set(connection.Name, connection);
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
    const { AuthenticationConfiguration: authentication, ...connection } = this.find(name);
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

  /**
   * Really connects to the data store, and reads secrets with the permissions of the caller.
   *
   * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnection.html
   */
  private async testConnection(caller: Session, body: Record<string, unknown>): Promise<object> {
    this.requests.push(body);
    const settings = await this.settings(caller, body);
    const test = settings.ConnectionType === 'JDBC' ? testJdbc : testWebService;
    await test(settings, new CredentialSource(this.secretsManager, caller));
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
    return this.find(name);
  }

  private find(name: string): Connection {
    const connection = this.connections.get(name);
    if (connection === undefined) {
      throw new ServiceError('EntityNotFoundException', `Connection ${name} not found.`);
    }
    return connection;
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
