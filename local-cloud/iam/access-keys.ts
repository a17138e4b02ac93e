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
    return { ...this.add('ASIA', session), AWS_SESSION_TOKEN: randomBytes(60).toString('base64') };
  }

  /** The key of a user. */
  issue(session: Session): AccessKey {
    return this.add('AKIA', session);
  }

  sessionOf(accessKeyId: string): Session | undefined {
    return this.sessions.get(accessKeyId);
  }

  /** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
  private add(prefix: 'AKIA' | 'ASIA', session: Session): AccessKey {
    const accessKeyId = prefix + randomBytes(8).toString('hex').toUpperCase();
    this.sessions.set(accessKeyId, session);
    return { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: randomBytes(30).toString('base64') };
  }
}
