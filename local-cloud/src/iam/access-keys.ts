import { randomBytes } from 'node:crypto';
import type { Role } from './role';

/** An access key, in the variables that the CLI and the SDKs read. */
export type AccessKey = Readonly<Record<'AWS_ACCESS_KEY_ID' | 'AWS_SECRET_ACCESS_KEY', string>>;

/** Temporary credentials, in the variables that Lambda gives a function. */
export type Credentials = AccessKey & Readonly<Record<'AWS_SESSION_TOKEN', string>>;

/** Someone who calls. */
export interface Session {
  /** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
  readonly arn: string;
  /** Whose policies hold, as they are by then. */
  readonly identity: Pick<Role, 'policies'>;
}

/** Who holds which credentials. */
export class AccessKeys {
  private readonly sessions = new Map<string, Session>();

  /** Credentials of a role's session. */
  issueTemporary(session: Session): Credentials {
    const key = this.newKey('ASIA');
    this.set(key.AWS_ACCESS_KEY_ID, session);
    return { ...key, AWS_SESSION_TOKEN: randomBytes(60).toString('base64') };
  }

  /**
   * A key that is nobody's yet.
   *
   * @param prefix of its id: that of a user's, or of temporary ones
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
   */
  newKey(prefix: 'AKIA' | 'ASIA' = 'AKIA'): AccessKey {
    return {
      AWS_ACCESS_KEY_ID: prefix + randomBytes(8).toString('hex').toUpperCase(),
      AWS_SECRET_ACCESS_KEY: randomBytes(30).toString('base64'),
    };
  }

  set(accessKeyId: string, session: Session): void {
    this.sessions.set(accessKeyId, session);
  }

  sessionOf(accessKeyId: string): Session | undefined {
    return this.sessions.get(accessKeyId);
  }
}
