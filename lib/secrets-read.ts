import { Annotations, CfnResource } from 'aws-cdk-lib';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct, IConstruct } from 'constructs';
import { structureOf } from './connection-input';
import type { ConnectionTestProps } from './connection-test-props';
import { referencesIn } from './rendering';
import { accessToSecret, accessToSecretId, type SecretAccess } from './secrets';

/** Secrets that are known as constructs: those that Glue reads, and those of which the function reads the value. */
function secretsRead({ target, secret }: ConnectionTestProps) {
  const { input } = target._facts;
  const references = input === undefined ? [] : referencesIn(structureOf(input));
  return {
    byGlue: [secret, input?.authentication?._secret].filter((read) => read !== undefined),
    byFunction: [...new Set(references.map(({ _secret }): secretsmanager.ISecret => _secret))],
  };
}

/** What reading the connection's secrets takes; warns where that can't be told. */
export function accessToSecrets(test: Construct, props: ConnectionTestProps): SecretAccess[] {
  const { definition, inVpc } = props.target._facts;
  const secretIds = definition?.secretIds;
  if ((secretIds === undefined && props.secret === undefined) || inVpc === undefined) {
    warn(
      test,
      'permissionsUnknown',
      "whether the connection has a secret and lies in a VPC can't be told before deployment: pass 'secret' if it " +
        "has one, and 'inVpc' to ConnectionTarget.fromName",
    );
  }
  const named = props.secret === undefined ? (secretIds ?? []) : [];
  const { byGlue, byFunction } = secretsRead(props);
  return [
    ...byGlue.map(accessToSecret),
    ...byFunction.map((secret) => ({ ...accessToSecret(secret), valueOnly: true })),
    ...named.flatMap((secretId) => accessToNamed(test, secretId)),
  ];
}

function accessToNamed(test: Construct, secretId: string): SecretAccess[] {
  const access = accessToSecretId(test, secretId);
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
  Annotations.of(test).addWarningV2(
    `cdk-glue-connection-test:${id}`,
    `${message}; without its permissions the test fails. Acknowledge this warning if it needs none`,
  );
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
