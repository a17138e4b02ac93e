import { randomBytes } from 'node:crypto';
import { iamError } from './iam-error';
import type { PolicyDocument } from './policy-document';
import { Role } from './role';

/** Temporary credentials of a role, in the variables that Lambda gives a function. */
export type Credentials = Readonly<Record<'AWS_ACCESS_KEY_ID' | 'AWS_SECRET_ACCESS_KEY' | 'AWS_SESSION_TOKEN', string>>;

export interface Session {
  readonly role: Role;
  /** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
  readonly assumedRoleArn: string;
}

/** The roles of the account, and who holds their credentials. */
export class Roles {
  private readonly roles = new Map<string, Role>();
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly accountId: string) {}

  /**
   * @throws ServiceError EntityAlreadyExists
   * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
   */
  create(roleName: string, policies: ReadonlyMap<string, PolicyDocument> = new Map(), path = '/'): Role {
    const isTaken = [...this.roles.keys()].some((other) => other.toLowerCase() === roleName.toLowerCase());
    if (isTaken) {
      throw iamError('EntityAlreadyExists', `Role with name ${roleName} already exists.`, 409);
    }
    const role = new Role(roleName, `arn:aws:iam::${this.accountId}:role${path}${roleName}`);
    for (const [policyName, document] of policies) {
      role.put(policyName, document);
    }
    this.roles.set(roleName, role);
    return role;
  }

  get(roleName: string): Role | undefined {
    return this.roles.get(roleName);
  }

  /** @throws ServiceError NoSuchEntity */
  existing(roleName: string): Role {
    const role = this.get(roleName);
    if (role === undefined) {
      throw iamError('NoSuchEntity', `The role with name ${roleName} cannot be found.`, 404);
    }
    return role;
  }

  /** Whether any role has the managed policy. */
  anyHas(policyArn: string): boolean {
    return [...this.roles.values()].some((role) => role.isAttached(policyArn));
  }

  getByArn(arn: string): Role | undefined {
    return [...this.roles.values()].find((role) => role.arn === arn);
  }

  delete(roleName: string): void {
    this.roles.delete(roleName);
  }

  assume(role: Role, sessionName: string): Credentials {
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const assumedRoleArn = `arn:aws:sts::${this.accountId}:assumed-role/${role.roleName}/${sessionName}`;
    this.sessions.set(accessKeyId, { role, assumedRoleArn });
    return {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: randomBytes(30).toString('base64'),
      AWS_SESSION_TOKEN: randomBytes(60).toString('base64'),
    };
  }

  sessionOf(accessKeyId: string): Session | undefined {
    return this.sessions.get(accessKeyId);
  }
}
