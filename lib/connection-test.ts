import { Annotations, CfnResource, CustomResource, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Construct, Dependable, type IConstruct } from 'constructs';
import type { ConnectionTestAttributes, ConnectionTestProperties, TestConnectionInput } from '../lambda/contract';
import { structureOf } from './connection-input';
import type { ConnectionTarget } from './connection-target';
import type { ConnectionTestProps } from './connection-test-props';
import { ConnectionTestProvider } from './connection-test-provider';
import { DependentsGate } from './dependents-gate';
import { checkProps } from './check-props';
import { CONSTRUCT } from './kinds';
import { testStatements } from './permissions';
import { asProvider, type Provider } from './provider';
import { render } from './rendering';
import { accessToSecrets, resourcesRead } from './secrets-read';
import { TEST_PROPS } from './shapes';
import type { TargetFacts } from './target-facts';
import { register } from './tests-of-app';
import { checkTriggers, timeoutSeconds } from './validation';
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
   * @throws an error when a property is of a wrong type, `timeout` or `maxAttempts` is out of its range, or `provider` can't run the test: one of
   * another stack, or imported from another region
   */
  constructor(scope: Construct, id: string, props: ConnectionTestProps) {
    super(scope, id);

    checkProps('props', props, TEST_PROPS);
    const { target, timeout = Duration.minutes(5) } = props;
    this._facts = target._facts;
    const { construct, connectionName, definition, input } = target._facts;
    const seconds = timeoutSeconds(timeout);
    checkTriggers(props.triggers);
    target._checkRegion(this);
    warnOfNetwork(this);
    const firstProvider = props.provider ? asProvider(props.provider) : ConnectionTestProvider.getOrCreate(this);
    firstProvider._checkIsFor(this);
    const statements = testStatements(this, target, accessToSecrets(this, props));
    const provider = firstProvider._withRoomFor(this, statements);

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
        Definition: definition?.fingerprint,
        Watch: watch(this, props),
        Triggers: props.triggers,
      } satisfies ConnectionTestProperties,
    });
    this.prerequisites = [...provider._prerequisites, ...(construct ? [construct] : []), ...resourcesRead(props)];
    const policies = provider._allow(this, statements);
    this.executeAfter(...policies, ...(construct ? [construct] : []));
    shareCondition(target, [this._resource, ...policies.filter((policy) => policy.node.scope === this)]);
    // Who waits for the test waits for the resource alone; it is the resource that waits for the policy.
    Dependable.implement(this, { dependencyRoots: [this.resource] });

    register(this);

    this.outcome = this.attribute('Outcome');
    this.category = this.attribute('Category');
    this.message = this.attribute('Message');
    this.testedAt = this.attribute('TestedAt');
  }

  /**
   * The name of the connection. Whatever uses it waits until the connection has passed. An input has no name: there, it
   * throws an error.
   */
  get connectionName(): string {
    if (this._facts.input !== undefined) {
      throw new Error(
        `'connectionName' must not be used of the test of an input, which has no name, got: ${this.node.path}; use the ` +
          'connection that is created after it, and executeBefore',
      );
    }
    return this.attribute('ConnectionName');
  }

  /**
   * Makes the test wait: it runs after these constructs are created or updated.
   *
   * @param scopes constructs, each with all below it
   */
  executeAfter(...scopes: IConstruct[]): void {
    scopes.forEach((scope) => CONSTRUCT.check('scopes', scope));
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
      CONSTRUCT.check('scopes', scope);
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

  private attribute(name: keyof ConnectionTestAttributes): string {
    return this.resource.getAttString(name);
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

/** What Glue does with such a test is not documented. */
function warnOfNetwork(test: ConnectionTest): void {
  const { input, definition } = test._facts;
  if ((input?.connectionType.name ?? definition?.connectionType) === 'NETWORK') {
    Annotations.of(test).addWarningV2(
      'cdk-glue-connection-test:networkTested',
      'the connection is of the type NETWORK, which names no data store that Glue could connect to, and Glue is not ' +
        'documented to test it: test a connection to a data store in the same subnet instead, or acknowledge this warning',
    );
  }
}

/** What refers to a connection that is only there under a condition, is only there under it as well. */
function shareCondition({ _facts: { resource } }: ConnectionTarget, constructs: readonly IConstruct[]): void {
  const stack = resource && Stack.of(resource);
  for (const construct of constructs.map((one) => one.node.defaultChild ?? one)) {
    if (resource !== undefined && CfnResource.isCfnResource(construct) && construct.stack === stack) {
      const condition = () => resource.cfnOptions.condition ?? construct.cfnOptions.condition;
      construct.addOverride('Condition', Lazy.uncachedAny({ produce: () => condition()?.logicalId }));
    }
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
