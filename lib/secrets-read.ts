import { CfnResource } from 'aws-cdk-lib';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { IConstruct } from 'constructs';
import { structureOf } from './connection-input';
import type { ConnectionTestProps } from './connection-test-props';
import { referencesIn } from './rendering';
import { accessToSecret, type SecretAccess } from './secrets';

/** Secrets that are known as constructs: those that Glue reads, and those of which the function reads the value. */
function secretsRead({ target, secret }: ConnectionTestProps) {
  const { input } = target._facts;
  const references = input === undefined ? [] : referencesIn(structureOf(input));
  return {
    byGlue: [secret, input?.authentication?._secret].filter((read) => read !== undefined),
    byFunction: [...new Set(references.map(({ _secret }): secretsmanager.ISecret => _secret))],
  };
}

/** What reading them takes. */
export function accessToSecretsRead(props: ConnectionTestProps): SecretAccess[] {
  const { byGlue, byFunction } = secretsRead(props);
  return [
    ...byGlue.map(accessToSecret),
    ...byFunction.map((secret) => ({ ...accessToSecret(secret), valueOnly: true })),
  ];
}

/** The secrets and keys that the test's policy names, as far as this app creates them: they can't wait for the test. */
export function resourcesRead(props: ConnectionTestProps): IConstruct[] {
  const { byGlue, byFunction } = secretsRead(props);
  const secrets = [...byGlue, ...byFunction];
  const keys = [props.target._facts.input?.authentication?._kmsKey, ...secrets.map((secret) => secret.encryptionKey)];
  return [...secrets, ...keys.filter((key) => key !== undefined)].filter((construct) =>
    construct.node.findAll().some((child) => CfnResource.isCfnResource(child)),
  );
}
