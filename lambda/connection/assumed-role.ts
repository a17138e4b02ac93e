import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { closeQuietly } from '../base/close';
import type { Failure } from '../failures/failure';
import type { Redactor } from '../base/redaction/redactor';
import { roleFailure } from './role-failure';

/** The shortest session that STS allows, and still longer than any test. */
const SESSION_SECONDS = 900;

/** With these limits, a call that STS does not answer is tried again, and is not mistaken for silence from Glue. */
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
   * @param roleArn the ARN of the role
   * @param sessionName the name of the session in CloudTrail; characters that STS does not accept become hyphens
   * @param externalId the external ID that the role's trust policy may require
   */
  constructor(
    private readonly roleArn: string,
    private readonly sessionName: string,
    private readonly externalId: string,
    private readonly redactor: Redactor,
  ) {}

  /**
   * Assumes the role, unless it is already assumed.
   *
   * @returns why the role can't be assumed now; undefined if it is assumed
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
        DurationSeconds: SESSION_SECONDS,
      });
      const { Credentials: given } = await client.send(command, { abortSignal });
      const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = given ?? {};
      if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined) {
        throw new Error('the answer has no credentials');
      }
      // A service that rejects a signature quotes what was signed, including the session token.
      this.redactor.learn(secretAccessKey, sessionToken);
      this.session = { accessKeyId, secretAccessKey, sessionToken };
      return undefined;
    } catch (error) {
      return roleFailure(error, this.roleArn, this.redactor.redact);
    } finally {
      closeQuietly(client);
    }
  }

  /** The role's credentials. Rejects until the role is assumed. */
  readonly credentials = (): Promise<Credentials> =>
    this.session === undefined
      ? Promise.reject(new Error('the role of the test has not been assumed'))
      : Promise.resolve(this.session);
}

/** Returns a session name that STS accepts: 2 to 64 characters, all of them allowed. */
function validSessionName(name: string): string {
  return name
    .replace(/[^\w+=,.@-]/g, '-')
    .slice(0, 64)
    .padEnd(2, '-');
}
