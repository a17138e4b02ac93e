import type { Session } from '../../iam/access-keys';
import { ServiceError } from '../../service-error';
import type { SecretsManager } from '../secrets-manager';
import type { ConnectionSettings } from '../test-connection-request';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export function invalidInput(message: string): ServiceError {
  return new ServiceError('InvalidInputException', message);
}

/** Reads secrets with the permissions of whoever called Glue. */
export class CredentialSource {
  constructor(
    private readonly secretsManager: SecretsManager,
    private readonly caller: Session,
  ) {}

  /** The keys of a secret that holds a JSON object. */
  async secret(secretId: string): Promise<Readonly<Record<string, string | undefined>>> {
    const { SecretString = '' } = await this.secretsManager.getSecretValue(this.caller, { SecretId: secretId });
    try {
      return Object(JSON.parse(SecretString)) as Record<string, string | undefined>;
    } catch {
      throw invalidInput('The secret must hold a JSON object');
    }
  }

  /**
   * The user of a database or of a web service: of the connection's properties, of the secret that they name, or of an
   * `AuthenticationConfiguration` of type BASIC.
   */
  async user({ ConnectionProperties, AuthenticationConfiguration }: ConnectionSettings): Promise<Credentials> {
    const { SecretArn, BasicAuthenticationCredentials: basic } = AuthenticationConfiguration ?? {};
    const secretId = ConnectionProperties.SECRET_ID ?? SecretArn;
    if (basic?.Username === undefined && secretId !== undefined) {
      return userOf(await this.secret(secretId));
    }
    const username = basic?.Username ?? ConnectionProperties.USERNAME;
    const password = basic?.Password ?? ConnectionProperties.PASSWORD;
    if (username === undefined || password === undefined) {
      throw invalidInput('The connection must have USERNAME and PASSWORD, SECRET_ID, or BASIC authentication');
    }
    return { username, password };
  }
}

/** @see https://docs.aws.amazon.com/glue/latest/dg/connection-properties-secrets-manager.html */
function userOf(secret: Readonly<Record<string, string | undefined>>): Credentials {
  const username = secret.username ?? secret.USERNAME;
  const password = secret.password ?? secret.PASSWORD;
  if (username === undefined || password === undefined) {
    throw invalidInput("The secret must have the keys 'username' and 'password'");
  }
  return { username, password };
}
