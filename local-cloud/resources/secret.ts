import { randomInt } from 'node:crypto';
import { physicalName, type ResourceHandler } from '../cloudformation';
import type { SecretsManager } from '../services/secrets-manager';

interface GenerateSecretString {
  readonly SecretStringTemplate?: string;
  readonly GenerateStringKey?: string;
  readonly PasswordLength?: number | string;
  readonly ExcludeCharacters?: string;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html */
export function secretHandler(secretsManager: SecretsManager): ResourceHandler {
  return {
    create: ({ stackName, logicalId, properties }) => {
      const name = (properties.Name as string | undefined) ?? physicalName(stackName, logicalId);
      const arn = secretsManager.create(name, valueOf(properties), properties.KmsKeyId as string | undefined);
      return Promise.resolve({ physicalId: arn, attributes: { Id: arn } });
    },
    update: ({ physicalId, properties, previousProperties }) => {
      const value = valueOf(properties);
      const generate = JSON.stringify(properties.GenerateSecretString);
      const isNew =
        properties.SecretString !== undefined || generate !== JSON.stringify(previousProperties.GenerateSecretString);
      secretsManager.encrypt(physicalId, properties.KmsKeyId as string | undefined);
      if (value !== undefined && isNew) {
        secretsManager.put(physicalId, value);
      }
      return Promise.resolve({ physicalId, attributes: { Id: physicalId } });
    },
    delete: ({ physicalId }) => {
      secretsManager.delete(physicalId);
      return Promise.resolve();
    },
  };
}

/** @returns nothing for a secret that is made empty */
function valueOf(properties: Readonly<Record<string, unknown>>): string | undefined {
  if (properties.SecretString !== undefined) {
    return properties.SecretString as string;
  }
  const generate = properties.GenerateSecretString as GenerateSecretString | undefined;
  if (generate === undefined) {
    return undefined;
  }
  const password = randomPassword(Number(generate.PasswordLength ?? 32), generate.ExcludeCharacters ?? '');
  return generate.GenerateStringKey === undefined
    ? password
    : JSON.stringify({
        ...(JSON.parse(generate.SecretStringTemplate ?? '{}') as object),
        [generate.GenerateStringKey]: password,
      });
}

function randomPassword(length: number, excluded: string): string {
  const printable = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
  const alphabet = printable.filter((character) => !excluded.includes(character));
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
