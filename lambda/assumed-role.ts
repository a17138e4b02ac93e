import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { closeQuietly } from './close';
import type { ResourceEvent } from './event';
import type { Failure } from './failure';
import type { Redactor } from './redaction';
import { roleFailure } from './role-failure';

/** Longer than a test can take; the shortest that there is. */
const DURATION_SECONDS = 900;

/** So that what STS doesn't answer is tried again, and told from what Glue doesn't. */
const TIMEOUTS = { connectionTimeout: 5_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** The role that a test runs as. Most tests have none: this module, and the client behind it, is loaded on demand. */
export class AssumedRole {
  private session: Credentials | undefined;

  constructor(
    private readonly roleArn: string,
    private readonly event: Pick<ResourceEvent, 'logicalResourceId' | 'stackId'>,
    private readonly redactor: Redactor,
  ) {}

  /**
   * Takes the role on, if that is still to be done.
   *
   * @returns why that can't be done now
   * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
   */
  async assume(abortSignal: AbortSignal): Promise<Failure | undefined> {
    if (this.session !== undefined) {
      return undefined;
    }
    const client = new STSClient({ maxAttempts: 1, requestHandler: TIMEOUTS });
    try {
      const command = new AssumeRoleCommand({
        RoleArn: this.roleArn,
        RoleSessionName: sessionName(this.event.logicalResourceId),
        // The role may be for tests of its own stack only.
        ExternalId: this.event.stackId,
        DurationSeconds: DURATION_SECONDS,
      });
      const { Credentials: given } = await client.send(command, { abortSignal });
      const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = given ?? {};
      if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined) {
        throw new Error('the answer has no credentials');
      }
      // A service that refuses a signature quotes what was signed, the token included.
      this.redactor.learn(secretAccessKey, sessionToken);
      this.session = { accessKeyId, secretAccessKey, sessionToken };
      return undefined;
    } catch (error) {
      return roleFailure(error, this.roleArn, this.redactor.redact);
    } finally {
      closeQuietly(client);
    }
  }

  /** Those of the role; there are none before it is assumed. */
  readonly credentials = (): Promise<Credentials> =>
    this.session === undefined
      ? Promise.reject(new Error('the role of the test has not been assumed'))
      : Promise.resolve(this.session);
}

/** As it shows in CloudTrail: which test it is, in the characters and the length that STS takes. */
function sessionName(logicalResourceId: string): string {
  return logicalResourceId
    .replace(/[^\w+=,.@-]/g, '-')
    .slice(0, 64)
    .padEnd(2, '-');
}
