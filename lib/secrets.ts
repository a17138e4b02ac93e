import { ArnFormat, Stack, Token, type CfnResource } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct, IConstruct } from 'constructs';
import { referencedResources } from './references';

/**
 * The secret that a connection names, by `SECRET_ID` or `SecretArn`.
 *
 * @param scope where a construct for an imported secret is made
 * @param secretId a name, an ARN, or a token that refers to a secret of this app
 * @returns undefined where the secret, or the key that encrypts it, is only known at deployment
 */
export function secretFromId(scope: Construct, id: string, secretId: string): secretsmanager.ISecret | undefined {
  if (Token.isUnresolved(secretId)) {
    const resource = referencedResources(scope, secretId).find(isCfnSecret);
    return resource && fromCfnSecret(scope, id, resource);
  }
  if (!secretId.startsWith('arn:')) {
    return secretsmanager.Secret.fromSecretNameV2(scope, id, secretId);
  }
  // Secrets Manager appends a hyphen and six characters to the name; an ARN without them is a partial one.
  return /-[A-Za-z0-9]{6}$/.test(secretId)
    ? secretsmanager.Secret.fromSecretCompleteArn(scope, id, secretId)
    : secretsmanager.Secret.fromSecretPartialArn(scope, id, secretId);
}

function isCfnSecret(resource: CfnResource): resource is secretsmanager.CfnSecret {
  return resource.cfnResourceType === 'AWS::SecretsManager::Secret';
}

function fromCfnSecret(
  scope: Construct,
  id: string,
  resource: secretsmanager.CfnSecret,
): secretsmanager.ISecret | undefined {
  const owner = resource.node.scope;
  if (owner?.node.defaultChild === resource && isSecret(owner)) {
    return owner;
  }
  if (resource.kmsKeyId === undefined) {
    return secretsmanager.Secret.fromSecretCompleteArn(scope, id, resource.ref);
  }
  const keyArn = keyArnFromId(scope, resource.kmsKeyId);
  if (keyArn === undefined) {
    return undefined;
  }
  return secretsmanager.Secret.fromSecretAttributes(scope, id, {
    secretCompleteArn: resource.ref,
    encryptionKey: kms.Key.fromKeyArn(scope, `${id}Key`, keyArn),
  });
}

function isSecret(construct: IConstruct): construct is IConstruct & secretsmanager.ISecret {
  return 'secretArn' in construct && 'grantRead' in construct;
}

/** `KmsKeyId` takes an ARN, an id or an alias; which key an alias stands for is only known at deployment. */
function keyArnFromId(scope: Construct, keyId: string): string | undefined {
  if (Token.isUnresolved(keyId)) {
    const key = referencedResources(scope, keyId).find((resource) => resource.cfnResourceType === 'AWS::KMS::Key');
    return (key as kms.CfnKey | undefined)?.attrArn;
  }
  if (keyId.includes('alias/')) {
    return undefined;
  }
  return keyId.startsWith('arn:')
    ? keyId
    : Stack.of(scope).formatArn({
        service: 'kms',
        resource: 'key',
        resourceName: keyId,
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      });
}
