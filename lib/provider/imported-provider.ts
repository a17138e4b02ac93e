import { Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, DependencyGroup, type IConstruct } from 'constructs';
import { warnOnce } from '../cdk/warn-once';
import { ROLE } from '../props/cdk-kinds';
import { checkProps, type Shape } from '../props/check-props';
import { optional, TEXT } from '../props/kinds';
import { printed } from '../grants/printed-statements';
import type { Access, GrantedTest, Permissions } from '../grants/permissions';
import { resourceIdFor, smallerLimit, type Provider } from './provider';
import { MAX_CONCURRENCY } from './provider-shapes';
import { RolesOnly } from '../grants/policies/role-policies';

/**
 * Options for `ConnectionTestProvider.fromServiceToken`.
 */
export interface ImportedProviderOptions {
  /**
   * How many tests of the stack run at the same time, at least 1, like `maxConcurrency` of a `ConnectionTestProvider`.
   * Tests in other stacks that use the function don't count.
   *
   * @default - no limit other than CloudFormation's
   */
  readonly maxConcurrency?: number;

  /**
   * The role of the function. Each test gets its own role, which trusts this role. The function's role doesn't change,
   * so it never reaches IAM's quotas, however many stacks use the function.
   *
   * @default - nothing is granted, and a warning prints what the function's role must allow
   */
  readonly role?: iam.IRole;
}

/** @internal */
export const IMPORTED_PROVIDER_OPTIONS: Shape<ImportedProviderOptions> = {
  maxConcurrency: optional(MAX_CONCURRENCY),
  role: optional(ROLE),
};

/**
 * A provider that is deployed elsewhere.
 *
 * @internal
 */
export class ImportedProvider extends Construct implements Provider {
  _maxConcurrency: number | undefined;

  readonly _resourceId: string;

  readonly grantPrincipal: iam.IPrincipal;

  private readonly permissions?: Permissions;

  constructor(
    scope: Construct,
    id: string,
    readonly serviceToken: string,
    options: ImportedProviderOptions = {},
  ) {
    super(scope, id);
    TEXT.check('serviceToken', serviceToken);
    checkProps('options', options, IMPORTED_PROVIDER_OPTIONS);
    const { maxConcurrency, role } = options;
    if (!Token.isUnresolved(serviceToken) && !/^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:\S+$/.test(serviceToken)) {
      throw new Error(
        `'serviceToken' must be the ARN of a Lambda function, got: '${serviceToken}'; it is the output ServiceToken of ` +
          "the provider's stack",
      );
    }
    this._limit(maxConcurrency);
    this._resourceId = resourceIdFor(this);
    this.permissions = role && new RolesOnly(this, role);
    this.grantPrincipal = this.permissions?.grantPrincipal ?? new iam.UnknownPrincipal({ resource: this });
  }

  get _function(): undefined {
    return undefined;
  }

  get _prerequisites(): IConstruct[] {
    return [this];
  }

  _limit(maxConcurrency?: number): void {
    this._maxConcurrency = smallerLimit(this._maxConcurrency, maxConcurrency);
  }

  _checkIsFor(test: Construct): void {
    const { region } = Stack.of(test);
    if (Token.isUnresolved(this.serviceToken) || Token.isUnresolved(region)) {
      return;
    }
    const { region: other } = Arn.split(this.serviceToken, ArnFormat.COLON_RESOURCE_NAME);
    if (other !== region) {
      throw new Error(
        `'provider' must be in the Region of the test, ${region}, got: ${this.node.path} in ${other}; ` +
          'deploy the provider in each Region',
      );
    }
  }

  _allow(test: GrantedTest, statements: readonly iam.PolicyStatement[]): Access {
    if (this.permissions !== undefined) {
      return this.permissions.allow(test, statements);
    }
    warnOnce(
      test,
      'notGranted',
      `nothing can be granted to ${this.node.path}, which is deployed elsewhere, and the test fails without its permissions; ` +
        "pass the function's role as 'role' to ConnectionTestProvider.fromServiceToken, or allow the following in that " +
        `role, and then acknowledge this warning: ${printed(test, statements)}`,
    );
    return { policies: new DependencyGroup() };
  }
}
