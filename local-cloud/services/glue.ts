import type { Environment } from '../environment';
import { authorize } from '../iam/authorization';
import type { Session } from '../iam/roles';
import type { Operations } from './endpoint';
import { connect } from './jdbc';
import type { SecretsManager } from './secrets-manager';
import { ServiceError } from '../service-error';

/** The part of Glue's `Connection` that is modelled. */
export interface Connection {
  readonly Name: string;
  readonly ConnectionType: string;
  readonly ConnectionProperties: Readonly<Record<string, string>>;
}

/** @see https://docs.aws.amazon.com/glue/latest/webapi/Welcome.html */
export class Glue {
  private readonly connections = new Map<string, Connection>();

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

  putConnection(connection: Connection): void {
    this.connections.set(connection.Name, connection);
  }

  deleteConnection(name: string): void {
    this.connections.delete(name);
  }

  /** @see https://docs.aws.amazon.com/glue/latest/webapi/API_GetConnection.html */
  private async getConnection(caller: Session, input: Record<string, unknown>): Promise<object> {
    const name = String(input.Name);
    await authorize(caller, 'glue:GetConnection', [this.arn('catalog', input), this.arn(`connection/${name}`, input)]);
    const connection = this.find(name);
    const hidden = input.HidePassword === true ? ['PASSWORD', 'ENCRYPTED_PASSWORD'] : [];
    const visible = Object.entries(connection.ConnectionProperties).filter(([key]) => !hidden.includes(key));
    return { Connection: { ...connection, ConnectionProperties: Object.fromEntries(visible) } };
  }

  /**
   * Really connects to the data store, and reads its secret with the permissions of the caller.
   *
   * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnection.html
   */
  private async testConnection(caller: Session, input: Record<string, unknown>): Promise<object> {
    if (typeof input.ConnectionName !== 'string') {
      throw new ServiceError('InvalidInputException', 'ConnectionName is required');
    }
    await authorize(caller, 'glue:TestConnection', [this.arn(`connection/${input.ConnectionName}`, input)]);
    const connection = this.find(input.ConnectionName);
    if (connection.ConnectionType !== 'JDBC') {
      throw new ServiceError('InvalidInputException', `Connection type ${connection.ConnectionType} is not modelled`);
    }
    const properties = connection.ConnectionProperties;
    const credentials = await this.credentials(caller, properties);
    try {
      await connect({
        url: properties.JDBC_CONNECTION_URL ?? '',
        enforceSsl: properties.JDBC_ENFORCE_SSL === 'true',
        ...credentials,
      });
    } catch (error) {
      throw new ServiceError(
        'InvalidInputException',
        'Check that your connection definition references your JDBC database with correct URL syntax, username, and ' +
          `password. ${(error as Error).message}`,
      );
    }
    return {};
  }

  private async credentials(
    caller: Session,
    properties: Connection['ConnectionProperties'],
  ): Promise<{ username: string; password: string }> {
    if (properties.SECRET_ID === undefined) {
      return { username: properties.USERNAME ?? '', password: properties.PASSWORD ?? '' };
    }
    const { SecretString } = await this.secretsManager.getSecretValue(caller, { SecretId: properties.SECRET_ID });
    const { username, password } = JSON.parse(SecretString ?? '') as Record<string, string | undefined>;
    if (username === undefined || password === undefined) {
      throw new ServiceError('InvalidInputException', "The secret must have the keys 'username' and 'password'");
    }
    return { username, password };
  }

  private find(name: string): Connection {
    const connection = this.connections.get(name);
    if (connection === undefined) {
      throw new ServiceError('EntityNotFoundException', `Connection ${name} not found.`);
    }
    return connection;
  }

  private arn(resource: string, input: Record<string, unknown>): string {
    const { region, accountId } = this.environment;
    return `arn:aws:glue:${region}:${typeof input.CatalogId === 'string' ? input.CatalogId : accountId}:${resource}`;
  }
}
