import { Annotations, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { DependencyGroup, type Construct } from 'constructs';
import { printed } from '../printed-statements';
import type { Access, Permissions } from '../../provider/provider';

/** A role that only others may change: what it has to allow is printed. */
export class UnchangeableRole implements Permissions {
  readonly grantPrincipal: iam.IPrincipal;

  constructor(
    provider: Construct,
    private readonly role: iam.IRole,
    base: readonly iam.PolicyStatement[],
  ) {
    this.grantPrincipal = role.grantPrincipal;
    this.allow(provider, base);
  }

  allow(scope: Construct, statements: readonly iam.PolicyStatement[]): Access {
    Annotations.of(scope).addWarningV2(
      'cdk-glue-connection-test:roleNotChanged',
      `the role ${this.role.node.path} can't be changed from here; see that it allows this, or the test fails, and then ` +
        `acknowledge this warning: ${printed(scope, statements)}`,
    );
    return { policies: new DependencyGroup() };
  }
}

/**
 * Whether policies can be added to a role. A role imported with `mutable: false`, or from another account, takes none,
 * and doesn't say so.
 */
export function canBeChanged(scope: Construct, role: iam.IRole): boolean {
  const probe = new iam.Policy(scope, 'Probe');
  role.attachInlinePolicy(probe);
  const { roles } = probe.node.defaultChild as iam.CfnPolicy;
  const names = Stack.of(scope).resolve(roles) as unknown[] | undefined;
  scope.node.tryRemoveChild('Probe');
  return names !== undefined && names.length > 0;
}
