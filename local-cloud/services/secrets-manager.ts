import { randomBytes } from 'node:crypto';
import { authorize } from '../iam/authorization';
import type { Session } from '../iam/roles';
import type { Operations } from './endpoint';
import { ServiceError } from '../service-error';

interface Secret {
  readonly arn: string;
  readonly name: string;
  value: string;
}

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/Welcome.html */
export class SecretsManager {
  private readonly secrets = new Map<string, Secret>();

  constructor(private readonly environment: { readonly region: string; readonly accountId: string }) {}

  get operations(): Operations {
    return {
      'secretsmanager.GetSecretValue': async (caller, { SecretId }) => {
        const secret = await this.getSecretValue(caller, String(SecretId));
        return { ARN: secret.arn, Name: secret.name, SecretString: secret.value };
      },
    };
  }

  create(name: string, value: string): string {
    const { region, accountId } = this.environment;
    // So that a policy for one secret doesn't hold for a later one of the same name.
    const suffix = randomBytes(4).toString('base64url').replace(/[-_]/g, 'x').slice(0, 6);
    const arn = `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-${suffix}`;
    this.secrets.set(arn, { arn, name, value });
    return arn;
  }

  put(arn: string, value: string): void {
    const secret = this.secrets.get(arn);
    if (secret === undefined) {
      throw notFound();
    }
    secret.value = value;
  }

  delete(arn: string): void {
    this.secrets.delete(arn);
  }

  /** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html */
  async getSecretValue(caller: Session, secretId: string): Promise<Secret> {
    const secret = [...this.secrets.values()].find(({ arn, name }) => arn === secretId || name === secretId);
    const { region, accountId } = this.environment;
    const asked = secretId.startsWith('arn:')
      ? secretId
      : `arn:aws:secretsmanager:${region}:${accountId}:secret:${secretId}`;
    const arn = secret?.arn ?? asked;
    await authorize(caller, 'secretsmanager:GetSecretValue', [arn]);
    if (secret === undefined) {
      throw notFound();
    }
    return secret;
  }
}

function notFound(): ServiceError {
  return new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
}
