import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { DependencyGroup, type Construct, type IDependable } from 'constructs';
import { warnOnce } from '../../cdk/warn-once';
import { printed } from '../printed-statements';
import type { Access, FunctionPermissions, GrantedTest } from '../permissions';

/** A role that the app can't change. A warning prints what it must allow. */
export class UnchangeableRole implements FunctionPermissions {
  readonly grantPrincipal: iam.IPrincipal;

  constructor(
    provider: Construct,
    private readonly role: iam.IRole,
    base: readonly iam.PolicyStatement[],
  ) {
    this.grantPrincipal = role.grantPrincipal;
    this.warn(provider, base);
  }

  allow(test: GrantedTest, statements: readonly iam.PolicyStatement[]): Access {
    this.warn(test, statements);
    return { policies: new DependencyGroup() };
  }

  allowFunction(scope: Construct, statements: readonly iam.PolicyStatement[]): IDependable {
    this.warn(scope, statements);
    return new DependencyGroup();
  }

  private warn(scope: Construct, statements: readonly iam.PolicyStatement[]): void {
    warnOnce(
      scope,
      'roleNotChanged',
      `the role ${this.role.node.path} can't be changed by this app, and the test fails without these permissions; ` +
        `allow them in the role, and then acknowledge this warning: ${printed(scope, statements)}`,
    );
  }
}

/**
 * Whether policies can be added to a role. A role that is imported with `mutable: false`, or from another account,
 * ignores them without an error.
 */
export function canBeChanged(scope: Construct, role: iam.IRole): boolean {
  const probe = new iam.Policy(scope, 'Probe');
  role.attachInlinePolicy(probe);
  const { roles } = probe.node.defaultChild as iam.CfnPolicy;
  const names = Stack.of(scope).resolve(roles) as unknown[] | undefined;
  scope.node.tryRemoveChild('Probe');
  return names !== undefined && names.length > 0;
}
