import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Redactor } from '../../../lambda/base/redaction/redactor';
import { factsOf } from '../../../lambda/failures/failure';
import type { Options } from '../arguments/options';
import { UsageError } from '../arguments/usage-error';
import { chainOfCredentials, credentialsOfRole, STS_OPTIONS, type CredentialProvider } from './credentials';
import { checkRegion } from './environment';
import { sentenceOn } from './trouble';

/** Who calls Glue. */
export interface Identity {
  readonly arn: string;
  readonly account: string;
}

/** What the calls are made with. */
export interface Login {
  readonly region: string;
  readonly credentials: CredentialProvider;
  /** Undefined if STS does not answer: Glue may still be reachable. */
  readonly identity: Identity | undefined;
}

/** The tests do not need to know whose the credentials are. */
const PATIENCE_MS = 5_000;

/**
 * Finds the Region, gets the credentials and asks STS whose they are.
 *
 * @throws UsageError with what to do
 */
export async function logIn(options: Pick<Options, 'profile' | 'roleArn'>, redactor: Redactor): Promise<Login> {
  const own = chainOfCredentials(redactor);
  const { roleArn } = options;
  const credentials = roleArn === undefined ? own : credentialsOfRole(roleArn, own, redactor);
  const client = new STSClient({ ...STS_OPTIONS, credentials });
  try {
    const region = await regionOf(client);
    await checkRegion(region);
    // The core's clients find it here.
    process.env.AWS_REGION = region;
    // Whoever must type a code for them has the time for it.
    await credentials();
    return { region, credentials, identity: await ask(client) };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(sentenceOn(error, options, redactor.redact));
  } finally {
    client.destroy();
  }
}

/** Which Region is chosen, whether it exists or not. */
async function regionOf(client: STSClient): Promise<string> {
  try {
    return await client.config.region();
  } catch (error) {
    // The SDK refuses what no host name can have, such as an underscore.
    const [, refused] = /^Region not accepted: region="(.*)" is not/.exec(factsOf(error).message) ?? [];
    if (refused === undefined) {
      throw new UsageError('no Region: use --region, or set AWS_REGION, or the region of the profile');
    }
    return refused;
  }
}

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
async function ask(client: STSClient): Promise<Identity | undefined> {
  try {
    const { Arn: arn, Account: account } = await client.send(new GetCallerIdentityCommand({}), {
      abortSignal: AbortSignal.timeout(PATIENCE_MS),
    });
    return arn === undefined || account === undefined ? undefined : { arn, account };
  } catch (error) {
    // A network without a way to STS can have one to Glue. Who has none at all fails at once.
    if (['TimeoutError', 'AbortError'].includes(factsOf(error).name)) {
      return undefined;
    }
    throw error;
  }
}
