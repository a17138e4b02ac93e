import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Failure } from '../failures/failure';
import type { Redactor } from '../base/redaction/redactor';
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

/** The role that a test runs as. */
export class AssumedRole {
  private session: Credentials | undefined;

  /**
   * @param roleArn which role
   * @param sessionName how the session shows in CloudTrail; characters that STS doesn't take become hyphens
   * @param externalId what the trust policy of the role may ask for
   */
  constructor(
    private readonly roleArn: string,
    private readonly sessionName: string,
    private readonly externalId: string,
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
        RoleSessionName: validSessionName(this.sessionName),
        ExternalId: this.externalId,
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
      client.destroy();
    }
  }

  /** Those of the role; there are none before it is assumed. */
  readonly credentials = (): Promise<Credentials> =>
    this.session === undefined
      ? Promise.reject(new Error('the role of the test has not been assumed'))
      : Promise.resolve(this.session);
}

/** 2 to 64 characters, and only those that STS takes. */
function validSessionName(name: string): string {
  return name
    .replace(/[^\w+=,.@-]/g, '-')
    .slice(0, 64)
    .padEnd(2, '-');
}
