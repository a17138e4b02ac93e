import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import type { Redactor } from '../../../lambda/base/redaction/redactor';
import { askForMfaCode } from './mfa';

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Provides the credentials of a call, from a cache if they are still valid. */
export type CredentialProvider = () => Promise<Credentials>;

/** STS answers within a fraction of a second. Who waits longer does not reach it. */
export const STS_OPTIONS = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};

const SESSION_SECONDS = 3_600;

/** Credentials with less time than this are renewed: a test that starts now must still be able to use them. */
const RENEWED_MS = 10 * 60_000;

/** The SDK's whole chain: variables, profiles, SSO, web identity, containers, instances. */
export function chainOfCredentials(redactor: Redactor): CredentialProvider {
  return learning(defaultProvider({ mfaCodeProvider: askForMfaCode }), redactor);
}

/** The credentials of a role, renewed before they expire. */
export function credentialsOfRole(roleArn: string, base: CredentialProvider, redactor: Redactor): CredentialProvider {
  let session: Promise<Credentials> | undefined;
  const assumed = async () => {
    const { expiration } = (await session?.catch(() => undefined)) ?? {};
    if (expiration === undefined || expiration.getTime() - Date.now() < RENEWED_MS) {
      session = assume(roleArn, base);
    }
    return session ?? assume(roleArn, base);
  };
  return learning(assumed, redactor);
}

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
async function assume(roleArn: string, credentials: CredentialProvider): Promise<Credentials> {
  const client = new STSClient({ ...STS_OPTIONS, credentials });
  try {
    const command = new AssumeRoleCommand({
      RoleArn: roleArn,
      RoleSessionName: 'glue-connection-test',
      DurationSeconds: SESSION_SECONDS,
    });
    const { Credentials: given } = await client.send(command);
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken, Expiration } = given ?? {};
    if (accessKeyId === undefined || secretAccessKey === undefined) {
      throw new Error('the answer of STS has no credentials');
    }
    return { accessKeyId, secretAccessKey, sessionToken: SessionToken, expiration: Expiration };
  } finally {
    client.destroy();
  }
}

/** A service that rejects a signature quotes what was signed. */
function learning(provider: CredentialProvider, redactor: Redactor): CredentialProvider {
  return async () => {
    const credentials = await provider();
    redactor.learn(credentials.secretAccessKey, credentials.sessionToken ?? '');
    return credentials;
  };
}
