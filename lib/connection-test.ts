import { CustomResource, Duration, type CfnResource } from 'aws-cdk-lib';
import { Construct, Dependable, type IConstruct } from 'constructs';
import type { ConnectionTestAttributes, ConnectionTestProperties, TestConnectionInput } from '../lambda/contract';
import { structureOf } from './connection-input';
import type { ConnectionTestProps } from './connection-test-props';
import { ConnectionTestProvider } from './connection-test-provider';
import { DependentsGate } from './dependents-gate';
import { testStatements } from './permissions';
import { asProvider, type Provider } from './provider';
import { render } from './rendering';
import { accessToSecrets, resourcesRead } from './secrets-read';
import { shareCondition } from './share-condition';
import type { TargetFacts } from './target-facts';
import { register } from './tests-of-app';
import { checkMaxAttempts, checkTriggers, timeoutSeconds } from './validation';
import { watch } from './watch';

/**
 * Tests a Glue connection while the stack is deployed: the deployment fails when Glue can't connect.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnection.html
 * @example
 *
 * const test = new ConnectionTest(this, 'OrdersTest', {
 *   target: ConnectionTarget.fromConnection(orders),
 * });
 * test.gateDependents(); // jobs, crawlers and others that name the connection wait until it has passed
 */
export class ConnectionTest extends Construct {
  /**
   * The name of the connection. Whatever uses it waits until the connection has passed. Empty for an input.
   */
  readonly connectionName: string;

  /**
   * What came of the test: `PASSED`; `FAILED` or `UNSUPPORTED` where that doesn't fail the deployment; `SKIPPED` after
   * an update that was rolled back.
   */
  readonly outcome: string;

  /**
   * What kind of failure it was, such as `CREDENTIALS` or `UNREACHABLE`; `NONE` if it was none.
   */
  readonly category: string;

  /**
   * What Glue said, at most 1,000 characters.
   */
  readonly message: string;

  /**
   * When the connection was last tested, in ISO 8601.
   */
  readonly testedAt: string;

  /** @internal */
  readonly _facts: TargetFacts;

  private readonly resource: CustomResource;
  private readonly prerequisites: readonly IConstruct[];

  /**
   * Adds the test to a stack.
   *
   * @param scope where the test belongs: a stack, or a construct of one
   * @param id the id of the test in that scope
   * @param props what is tested, and how
   * @throws an error when `timeout` or `maxAttempts` is out of its range, or `provider` can't run the test: one of
   * another stack, or imported from another region
   */
  constructor(scope: Construct, id: string, props: ConnectionTestProps) {
    super(scope, id);

    const { target, timeout = Duration.minutes(5) } = props;
    this._facts = target._facts;
    const { construct, connectionName, definition, input } = target._facts;
    const seconds = timeoutSeconds(timeout);
    checkMaxAttempts(props.maxAttempts);
    checkTriggers(props.triggers);
    target._checkRegion(this);
    const provider = props.provider ? asProvider(props.provider) : ConnectionTestProvider.getOrCreate(this);
    provider._checkIsFor(this);
    const { roleArn, policies } = provider._allow(this, testStatements(this, target, accessToSecrets(this, props)));

    this.resource = new CustomResource(this, provider._resourceId, {
      resourceType: 'Custom::GlueConnectionTest',
      serviceToken: provider.serviceToken,
      serviceTimeout: serviceTimeout(timeout, provider),
      properties: {
        ConnectionName: connectionName,
        CatalogId: target._catalogIdFor(this),
        TestConnectionInput: input && render<TestConnectionInput>(structureOf(input)),
        TimeoutSeconds: seconds,
        MaxAttempts: props.maxAttempts,
        OnFailure: props.onFailure,
        OnUnsupported: props.onUnsupported,
        RoleArn: roleArn,
        Definition: definition?.fingerprint,
        Watch: watch(this, props),
        Triggers: props.triggers,
      } satisfies ConnectionTestProperties,
    });
    this.prerequisites = [...provider._prerequisites, ...(construct ? [construct] : []), ...resourcesRead(props)];
    this.resource.node.addDependency(policies, ...(construct ? [construct] : []));
    shareCondition(this, this._resource);
    // Who waits for the test waits for the resource alone; it is the resource that waits for the policy.
    Dependable.implement(this, { dependencyRoots: [this.resource] });

    register(this);

    const attribute = (name: keyof ConnectionTestAttributes) => this.resource.getAttString(name);
    this.connectionName = attribute('ConnectionName');
    this.outcome = attribute('Outcome');
    this.category = attribute('Category');
    this.message = attribute('Message');
    this.testedAt = attribute('TestedAt');
  }

  /**
   * Makes the test wait: it runs after these constructs are created or updated.
   *
   * @param scopes constructs, each with all below it
   */
  executeAfter(...scopes: IConstruct[]): void {
    this.resource.node.addDependency(...scopes);
  }

  /**
   * Makes others wait: these constructs are created or updated only after the connection has passed.
   *
   * @param scopes constructs, each with all below it
   * @throws an error when one of them contains the test, its connection or its provider, which can't wait for the test
   */
  executeBefore(...scopes: IConstruct[]): void {
    for (const scope of scopes) {
      const inside = [this, ...this.prerequisites].find((construct) => construct.node.scopes.includes(scope));
      if (inside !== undefined) {
        throw new Error(
          `'scopes' must not contain what the test itself waits for, got: ${scope.node.path || 'the app'}, which contains ` +
            `${inside.node.path}; name the constructs that are to wait one by one`,
        );
      }
      scope.node.addDependency(this);
    }
  }

  /**
   * Makes whatever uses the connection wait: jobs, crawlers, sessions and federated databases of Glue, and datasets of
   * DataBrew, that name it, and triggers that start such a job or crawler. In another stack, the whole stack waits.
   *
   * It finds them when the app is synthesized, in the app or stage that the test belongs to. One that the test itself
   * waits for doesn't wait; a warning names it. For everything else there is `executeBefore`.
   */
  gateDependents(): void {
    DependentsGate.of(this).add(this);
  }

  /**
   * What stands for the test in the template.
   *
   * @internal
   */
  get _resource(): CfnResource {
    return this.resource.node.defaultChild as CfnResource;
  }
}

/**
 * How long CloudFormation waits. Lambda delivers the event of a crashed function twice more, after about one and two
 * minutes, and each of the three runs takes at most the timeout and a minute around it. Where tests wait for their turn,
 * nothing can be said of how long.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
function serviceTimeout(timeout: Duration, { _isQueued }: Provider): Duration {
  const longest = Duration.hours(1);
  return timeout.isUnresolved() || _isQueued ? longest : Duration.seconds(3 * (timeout.toSeconds() + 60) + 180);
}
