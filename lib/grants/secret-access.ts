import { ArnFormat, Stack, Token, type CfnResource } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { IConstruct } from 'constructs';
import {
  escapeForPolicy,
  evaluateResource,
  referencedResources,
  resolveWithReferences,
  resourcesIn,
  type Resolved,
} from '../cdk/references';
import { asText } from '../cdk/resolvers';
import { valuesAt } from '../cdk/values-at';
import type { ImportedKeys } from './imported-keys';
import { managedSecretIn } from './managed-secrets';
import { isOfPlace } from './short-arns';

/** What a test needs in order to read a secret. */
export interface SecretAccess {
  /** The secret, as a policy names it. */
  readonly arns: readonly string[];
  /** The customer managed key that encrypts it. */
  readonly keyArn?: string;
  /** True if only the value is read, and not the description. */
  readonly valueOnly?: boolean;
  /** True if it has such a key that is only known at deployment. */
  readonly keyUnknown?: boolean;
}

/**
 * Secrets Manager appends a hyphen and six characters to the name in the ARN. They are unknown if only the name is
 * known.
 */
const SUFFIX = '-??????';

/** The access to a secret that is given as a construct. */
export function accessToSecret(secret: secretsmanager.ISecret): SecretAccess {
  return {
    arns: [secret.secretFullArn ?? `${secret.secretArn}${SUFFIX}`],
    keyArn: secret.encryptionKey?.keyArn,
  };
}

/**
 * The access to a secret that a connection names, by `SECRET_ID` or `SecretArn`.
 *
 * @param scope the test
 * @param secretId a name, an ARN, or a token that refers to a secret of this app
 * @param keys those of imported secrets, once all of them are known
 * @returns undefined where the secret is only known at deployment
 */
export function accessToSecretId(scope: IConstruct, secretId: string, keys?: ImportedKeys): SecretAccess | undefined {
  const resolved = isOfPlace(secretId) ? NOTHING : resolveWithReferences(scope, secretId);
  const resource = resourcesIn(resolved).find((candidate) => RESOURCE_TYPES.has(candidate.cfnResourceType));
  if (resource !== undefined) {
    return accessToResource(scope, resource, keys);
  }
  const managed = managedSecretIn(resolved);
  if (managed !== undefined) {
    return accessWithKey(scope, managed.arn, managed.keyId);
  }
  const keyArn = keys?.of(scope, secretId);
  if (secretId.startsWith('arn:')) {
    // An end that looks like the six characters may still be part of the name.
    const arns = /-[A-Za-z0-9]{6}$/.test(secretId) ? [secretId] : [];
    return { arns: [...arns, `${secretId}${SUFFIX}`], keyArn };
  }
  if (Token.isUnresolved(secretId)) {
    return undefined;
  }
  return { arns: [arnOf(scope, 'secretsmanager', 'secret', `${escapeForPolicy(secretId)}${SUFFIX}`, ':')], keyArn };
}

/** What refers to nothing. */
const NOTHING: Resolved = { value: undefined, references: new Map() };

const SECRET = 'AWS::SecretsManager::Secret';
/** What the secret of an RDS database is referred to by. */
const ATTACHMENT = 'AWS::SecretsManager::SecretTargetAttachment';
const RESOURCE_TYPES: ReadonlySet<string> = new Set([SECRET, ATTACHMENT]);

function accessToResource(scope: IConstruct, resource: CfnResource, keys?: ImportedKeys): SecretAccess {
  if (resource.cfnResourceType === ATTACHMENT) {
    const { secretId } = resource as secretsmanager.CfnSecretTargetAttachment;
    return { ...accessToSecretId(scope, secretId, keys), arns: [resource.ref] };
  }
  const { kmsKeyId } = resource as secretsmanager.CfnSecret;
  return accessWithKey(scope, resource.ref, kmsKeyId);
}

function accessWithKey(scope: IConstruct, arn: string, keyId: string | undefined): SecretAccess {
  if (keyId === undefined) {
    return { arns: [arn] };
  }
  const keyArn = keyArnFromId(scope, keyId);
  return { arns: [arn], keyArn, keyUnknown: keyArn === undefined };
}

/** The key that encrypts what is in a bucket by default, as far as it is known. */
export function keyOfBucket(scope: IConstruct, bucket: CfnResource): string | undefined {
  const { Properties } = evaluateResource(bucket);
  const [keyId] = valuesAt(Properties, BUCKET_KEY);
  return keyId === undefined ? undefined : keyArnFromId(scope, asText(keyId));
}

const BUCKET_KEY = 'BucketEncryption.ServerSideEncryptionConfiguration.*.ServerSideEncryptionByDefault.KMSMasterKeyID';

/** `KmsKeyId` takes an ARN, an id or an alias; which key an alias stands for is only known at deployment. */
function keyArnFromId(scope: IConstruct, keyId: string): string | undefined {
  const key = referencedResources(scope, keyId).find((resource) => resource.cfnResourceType === 'AWS::KMS::Key');
  if (key !== undefined) {
    return (key as kms.CfnKey).attrArn;
  }
  if (keyId.includes('alias/')) {
    return undefined;
  }
  if (keyId.startsWith('arn:')) {
    return keyId;
  }
  return Token.isUnresolved(keyId) ? undefined : arnOf(scope, 'kms', 'key', keyId, '/');
}

function arnOf(scope: IConstruct, service: string, resource: string, resourceName: string, separator: ':' | '/') {
  const arnFormat = separator === ':' ? ArnFormat.COLON_RESOURCE_NAME : ArnFormat.SLASH_RESOURCE_NAME;
  return Stack.of(scope).formatArn({ service, resource, resourceName, arnFormat });
}
