import { GetConnectionCommand, type GlueClient } from '@aws-sdk/client-glue';
import { DescribeSecretCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { diagnose } from '../failures/exceptions';
import { factsOf } from '../failures/failure';
import { hash } from './back-off';
import type { Monitored } from './event';

/** It stands for what the role may not read. */
const DENIED = 'denied';

/**
 * Of a connection and its secrets, without any of their values: it changes when somebody changes the connection, or gives
 * one of its secrets a new current version.
 *
 * @returns undefined if something can't be read now
 */
export async function fingerprintOf(
  { request: { catalogId }, connectionName, secrets }: Monitored,
  glue: Pick<GlueClient, 'send'>,
  secretsManager: Pick<SecretsManagerClient, 'send'>,
  abortSignal: AbortSignal,
): Promise<string | undefined> {
  const updated = async () => {
    const command = new GetConnectionCommand({ Name: connectionName, CatalogId: catalogId, HidePassword: true });
    const { Connection: connection } = await glue.send(command, { abortSignal });
    return connection?.LastUpdatedTime?.toISOString() ?? 'never';
  };
  const versionOf = async (secretId: string) => {
    const { VersionIdsToStages: versions = {} } = await secretsManager.send(
      new DescribeSecretCommand({ SecretId: secretId }),
      { abortSignal },
    );
    return Object.keys(versions).find((id) => versions[id]?.includes('AWSCURRENT')) ?? 'none';
  };
  try {
    const parts = await Promise.all([orDenied(updated), ...secrets.map((secret) => orDenied(() => versionOf(secret)))]);
    return hash(JSON.stringify(parts));
  } catch {
    return undefined;
  }
}

async function orDenied(read: () => Promise<string>): Promise<string> {
  try {
    return await read();
  } catch (error) {
    const { name, statusCode, isNetwork } = factsOf(error);
    if (diagnose(name, statusCode, isNetwork).category === 'ACCESS_DENIED') {
      return DENIED;
    }
    throw error;
  }
}
