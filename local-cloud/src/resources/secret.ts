import { physicalName, RequestRefused, type Properties, type ResourceHandler } from '../cloudformation';
import type { SecretsManager } from '../services/secrets-manager';
import { promised } from './completion';
import { generatedString } from './generated-string';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html */
export function secretHandler(secretsManager: SecretsManager): ResourceHandler {
  return {
    create: ({ stackName, logicalId, properties }) =>
      promised(() => {
        const name = (properties.Name as string | undefined) ?? physicalName(stackName, logicalId);
        const arn = secretsManager.create(name, valueOf(properties), properties.KmsKeyId as string | undefined);
        return { physicalId: arn, attributes: { Id: arn } };
      }),
    update: ({ physicalId, properties, previousProperties }) =>
      promised(() => {
        const value = valueOf(properties);
        const generate = JSON.stringify(properties.GenerateSecretString);
        const isNew =
          properties.SecretString !== undefined || generate !== JSON.stringify(previousProperties.GenerateSecretString);
        secretsManager.encrypt(physicalId, properties.KmsKeyId as string | undefined);
        if (value !== undefined && isNew) {
          secretsManager.put(physicalId, value);
        }
        return { physicalId, attributes: { Id: physicalId } };
      }),
    delete: ({ physicalId }) => promised(() => secretsManager.delete(physicalId)),
  };
}

/** @returns nothing for a secret that is made empty */
function valueOf({ SecretString, GenerateSecretString }: Properties): string | undefined {
  if (SecretString !== undefined && GenerateSecretString !== undefined) {
    throw new RequestRefused("You can't specify both SecretString and GenerateSecretString");
  }
  return GenerateSecretString === undefined
    ? (SecretString as string | undefined)
    : generatedString(GenerateSecretString as Properties);
}
