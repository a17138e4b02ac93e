import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct, IConstruct } from 'constructs';
import { structureOf } from '../target/connection-input';
import type { ConnectionTarget } from '../target/connection-target';
import { warnOnce } from '../cdk/warn-once';
import { referencesIn } from '../secrets/rendering';
import type { ImportedKeys } from './imported-keys';
import { createdInApp } from './created-in-app';
import { accessToSecret, accessToSecretId, type SecretAccess } from './secret-access';

/** Where the secrets of a test are given. */
interface SecretsGiven {
  readonly target: ConnectionTarget;
  readonly secret?: secretsmanager.ISecretRef;
}

/** Secrets that are known as constructs: those that Glue reads, and those whose value the function reads. */
function secretsRead({ target, secret }: SecretsGiven) {
  const { input } = target._facts;
  const references = input === undefined ? [] : referencesIn(structureOf(input));
  return {
    byGlue: [secret, input?.authentication?._secret].filter(isSecret),
    byFunction: [...new Set(references.map(({ _secret }): secretsmanager.ISecret => _secret))],
  };
}

/**
 * The access to the connection's secrets; warns if that can't be known.
 *
 * @param keys those of imported secrets, once all of them are known
 */
export function accessToSecrets(test: Construct, props: SecretsGiven, keys?: ImportedKeys): SecretAccess[] {
  const named = secretIdsNamed(props);
  warnOfUnknown(test, props, named);
  const { byGlue, byFunction } = secretsRead(props);
  return [
    ...byGlue.map(accessToSecret),
    ...byFunction.map((secret) => ({ ...accessToSecret(secret), valueOnly: true })),
    ...(named ?? []).flatMap((secretId) => accessToNamed(test, secretId, keys)),
  ];
}

/** Secrets that are known by an id only; undefined where it is not known whether there are any. */
function secretIdsNamed({ target, secret }: SecretsGiven): readonly string[] | undefined {
  const { definition, hasSecret } = target._facts;
  if (secret === undefined) {
    const secretIds = definition?.secretIds ?? (hasSecret === false ? [] : undefined);
    return hasSecret && secretIds?.length === 0 ? undefined : secretIds;
  }
  if (hasSecret === false) {
    throw new Error(
      `'secret' must not be given for a target with 'hasSecret: false', got: ${secret.node.path}; leave one of them out`,
    );
  }
  return isSecret(secret) ? [] : [secret.secretRef.secretId];
}

/** Warns about what the app doesn't say. */
function warnOfUnknown(test: Construct, { target }: SecretsGiven, secretIds: readonly string[] | undefined): void {
  const { inVpc, hasSecret } = target._facts;
  const questions = [
    ...(secretIds !== undefined
      ? []
      : hasSecret
        ? ["pass its 'secret' to the test"]
        : ["pass 'secret' to the test if the connection has one, or 'hasSecret: false' to the ConnectionTarget"]),
    ...(inVpc !== undefined ? [] : ["pass 'inVpc' to the ConnectionTarget"]),
  ];
  if (questions.length > 0) {
    warn(
      test,
      'permissionsUnknown',
      `the permissions that the test needs are unknown until deployment: ${questions.join('; ')}`,
    );
  }
}

/** Whether more is known of a secret than its id. */
function isSecret(secret: secretsmanager.ISecretRef | undefined): secret is secretsmanager.ISecret {
  return secret !== undefined && 'secretArn' in secret;
}

function accessToNamed(test: Construct, secretId: string, keys?: ImportedKeys): SecretAccess[] {
  const access = accessToSecretId(test, secretId, keys);
  if (access === undefined) {
    warn(test, 'secretUnknown', "the connection's secret is only known at deployment: pass it as 'secret'");
    return [];
  }
  if (access.keyUnknown) {
    warn(
      test,
      'keyUnknown',
      "the key of the connection's secret is only known at deployment: pass the secret as 'secret'",
    );
  }
  return [access];
}

function warn(test: Construct, id: string, message: string): void {
  warnOnce(test, id, `${message}; without these permissions the test fails. Acknowledge this warning if it needs none`);
}

/** The secrets and keys that the test's policy names, as far as this app creates them: they can't wait for the test. */
export function resourcesRead(props: SecretsGiven): IConstruct[] {
  const { byGlue, byFunction } = secretsRead(props);
  const secrets = [...byGlue, ...byFunction];
  const keys = [props.target._facts.input?.authentication?._kmsKey, ...secrets.map((secret) => secret.encryptionKey)];
  return createdInApp([props.secret, ...secrets, ...keys]);
}
