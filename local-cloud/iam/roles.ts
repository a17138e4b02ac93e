import { AccessKeys, type Credentials } from './access-keys';
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

  create(roleName: string, policies: ReadonlyMap<string, PolicyDocument> = new Map()): Role {
    const role = new Role(roleName, `arn:aws:iam::${this.accountId}:role/${roleName}`);
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

  assume(role: Role, sessionName: string): Credentials {
    const arn = `arn:aws:sts::${this.accountId}:assumed-role/${role.roleName}/${sessionName}`;
    return this.accessKeys.issueTemporary({ arn, identity: role });
  }
}
