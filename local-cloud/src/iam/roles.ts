import { AccessKeys, type Credentials, type Session } from './access-keys';
import { iamError } from './iam-error';
import type { PolicyDocument } from './policy-document';
import { Role } from './role';

/** The roles of the account. */
export class Roles {
  /** All that is kept here, for whoever saves it. */
  readonly records = new Map<string, Role>();

  constructor(
    private readonly accountId: string,
    private readonly accessKeys = new AccessKeys(),
  ) {}

  /**
   * @throws ServiceError EntityAlreadyExists
   * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
   */
  create(roleName: string, policies: ReadonlyMap<string, PolicyDocument> = new Map(), path = '/'): Role {
    const isTaken = [...this.records.keys()].some((other) => other.toLowerCase() === roleName.toLowerCase());
    if (isTaken) {
      throw iamError('EntityAlreadyExists', `Role with name ${roleName} already exists.`, 409);
    }
    const role = new Role(roleName, `arn:aws:iam::${this.accountId}:role${path}${roleName}`);
    for (const [policyName, document] of policies) {
      role.put(policyName, document);
    }
    this.records.set(roleName, role);
    return role;
  }

  get(roleName: string): Role | undefined {
    return this.records.get(roleName);
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
    return [...this.records.values()].some((role) => role.isAttached(policyArn));
  }

  getByArn(arn: string): Role | undefined {
    return [...this.records.values()].find((role) => role.arn === arn);
  }

  delete(roleName: string): void {
    this.records.delete(roleName);
  }

  session(role: Role, sessionName: string): Session {
    return { arn: `arn:aws:sts::${this.accountId}:assumed-role/${role.roleName}/${sessionName}`, identity: role };
  }

  assume(role: Role, sessionName: string): Credentials {
    return this.accessKeys.issueTemporary(this.session(role, sessionName));
  }
}
