import { Annotations, CustomResource, Duration, Stack, type CfnResource } from 'aws-cdk-lib';
import { Construct, Dependable, type IConstruct } from 'constructs';
import type { ConnectionTestAttributes, ConnectionTestProperties, TestConnectionInput } from '../../lambda/contract';
import type { MonitoredProperties } from '../../lambda/monitor/contract';
import { structureOf } from '../target/connection-input';
import { diagnosesNetwork, TEST_PROPS, type ConnectionTestProps } from './connection-test-props';
import { ConnectionTestProvider } from '../provider/connection-test-provider';
import { checkProps } from '../props/check-props';
import { CONSTRUCT } from '../props/kinds';
import { asProvider, type Provider } from '../provider/provider';
import { render } from '../secrets/rendering';
import type { ImportedKeys } from '../grants/imported-keys';
import type { SecretAccess } from '../grants/secret-access';
import { resourcesRead } from '../grants/secrets-of-test';
import { Granted } from './granted';
import { LateDefinitions } from './late-definitions';
import { shareCondition } from '../cdk/share-condition';
import { fingerprintOf } from '../target/connection-definition';
import type { TargetFacts } from '../target/target-facts';
import { TestOrder } from '../gate/test-order';
import { register } from '../gate/tests-of-app';
import { checkTriggers, timeoutSeconds } from '../secrets/value-checks';
import { WaitingPlan } from '../gate/waiting-plan';
import { watch } from './watch';

/**
 * Tests a Glue connection during the deployment. If Glue can't connect, the deployment fails.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnection.html
 * @example
 *
 * const test = new ConnectionTest(this, 'OrdersTest', {
 *   target: ConnectionTarget.fromConnection(orders),
 * });
 * test.gateDependents(); // jobs, crawlers and others that use the connection wait for the test
 */
export class ConnectionTest extends Construct {
  /** @internal */
  readonly _facts: TargetFacts;

  /** @internal */
  readonly _provider: Provider;

  /**
   * What a monitor repeats of the test.
   *
   * @internal
   */
  readonly _repeated: MonitoredProperties;

  private readonly resource: CustomResource;
  private readonly prerequisites: readonly IConstruct[];
  private readonly granted: Granted;
  private readonly order = new TestOrder(this);
  private readonly listeners: (() => void)[] = [];

  /**
   * Adds the test to a stack.
   *
   * @param scope the stack of the test, or a construct in it
   * @param id the id of the test in that scope
   * @param props the connection, and how to test it
   * @throws an error when a property has the wrong type, `timeout` or `maxAttempts` is out of range, or `provider`
   * can't run the test because it is in another stack or imported from another Region
   */
  constructor(scope: Construct, id: string, props: ConnectionTestProps) {
    super(scope, id);

    checkProps('props', props, TEST_PROPS);
    const { target, timeout = Duration.minutes(5), metrics = true } = props;
    this._facts = target._facts;
    const { construct, resource, connectionName, input } = target._facts;
    const seconds = timeoutSeconds(timeout);
    checkTriggers(props.triggers);
    target._checkRegion(this);
    warnOfNetwork(this);
    const provider = props.provider ? asProvider(props.provider) : ConnectionTestProvider.getOrCreate(this);
    provider._checkIsFor(this);
    this._provider = provider;
    this.granted = new Granted(this, props, provider);
    const { roleArn, policies } = this.granted.grant();

    this._repeated = {
      ConnectionName: connectionName,
      CatalogId: target._catalogIdFor(this),
      TimeoutSeconds: seconds,
      MaxAttempts: props.maxAttempts,
      NetworkDiagnosis: diagnosesNetwork(props) ? undefined : 'DISABLED',
      Metrics: metrics ? undefined : 'DISABLED',
      RoleArn: roleArn,
    } satisfies MonitoredProperties & Record<keyof MonitoredProperties, unknown>;
    this.resource = new CustomResource(this, provider._resourceId, {
      resourceType: 'Custom::GlueConnectionTest',
      serviceToken: provider.serviceToken,
      serviceTimeout: serviceTimeout(timeout),
      properties: {
        ...this._repeated,
        TestConnectionInput: input && render<TestConnectionInput>(structureOf(input)),
        OnFailure: props.onFailure,
        OnUnsupported: props.onUnsupported,
        Definition: resource && fingerprintOf(resource),
        Watch: watch(this, props),
        Triggers: props.triggers,
      } satisfies ConnectionTestProperties &
        Record<Exclude<keyof ConnectionTestProperties, keyof MonitoredProperties>, unknown>,
    });
    this.prerequisites = [...provider._prerequisites, ...(construct ? [construct] : []), ...resourcesRead(props)];
    // In one stack, the name refers to the connection, and CloudFormation waits for what is referred to.
    const isReferredTo = resource !== undefined && Stack.of(resource) === Stack.of(this);
    this.resource.node.addDependency(policies, ...(construct && !isReferredTo ? [construct] : []));
    shareCondition(resource, this._resource);
    // Who waits for the test waits for the resource alone; it is the resource that waits for the policy.
    Dependable.implement(this, { dependencyRoots: [this.resource] });

    register(this);
    LateDefinitions.observe(this);
    WaitingPlan.of(this).include(this);
  }

  /**
   * The result of the test: `PASSED`, `FAILED`, `UNSUPPORTED` or `SKIPPED`. It is `FAILED` or `UNSUPPORTED` only if
   * that doesn't fail the deployment, and `SKIPPED` after an update was rolled back.
   */
  get outcome(): string {
    return this.attribute('Outcome');
  }

  /**
   * The kind of failure, such as `CREDENTIALS` or `UNREACHABLE`. It is `NONE` if there was no failure.
   */
  get category(): string {
    return this.attribute('Category');
  }

  /**
   * What Glue said, in at most 1,000 characters.
   */
  get message(): string {
    return this.attribute('Message');
  }

  /**
   * When the connection was last tested, in ISO 8601.
   */
  get testedAt(): string {
    return this.attribute('TestedAt');
  }

  /**
   * The name of the connection. A resource that uses this attribute waits for the test.
   *
   * @throws an error for the test of an input, which has no name
   */
  get connectionName(): string {
    if (this._facts.input !== undefined) {
      throw new Error(
        `'connectionName' is not available for the test of an input, which has no name, got: ${this.node.path}; use the ` +
          'connection that is created after it, and executeBefore',
      );
    }
    return this.attribute('ConnectionName');
  }

  /**
   * Makes the test wait until these constructs are created or updated.
   *
   * Without this call, the test waits for the connection, for everything that the connection refers to, and for what
   * its data store and network need, such as the instances of an Aurora cluster, routes, endpoints and security group
   * rules.
   *
   * @param scopes the constructs, each with everything below it
   * @throws an error when one of them, or a construct inside or around it, was passed to `executeBefore`
   */
  executeAfter(...scopes: IConstruct[]): void {
    scopes.forEach((scope) => CONSTRUCT.check('scopes', scope));
    this.order.executeAfter(scopes);
    this.resource.node.addDependency(...scopes);
  }

  /**
   * Makes other constructs wait for the test. They are created or updated only after it has passed.
   *
   * @param scopes the constructs, each with everything below it
   * @throws an error when one of them contains the test, its connection or its provider, which can't wait for the test;
   * or when one of them, or a construct inside or around it, was passed to `executeAfter`
   */
  executeBefore(...scopes: IConstruct[]): void {
    for (const scope of scopes) {
      CONSTRUCT.check('scopes', scope);
      const inside = [this, ...this.prerequisites].find((construct) => construct.node.scopes.includes(scope));
      if (inside !== undefined) {
        throw new Error(
          `'scopes' must not contain what the test itself waits for, got: ${scope.node.path || 'the app'}, which contains ` +
            `${inside.node.path}; name the constructs that must wait one by one`,
        );
      }
    }
    this.order.executeBefore(scopes);
    scopes.forEach((scope) => scope.node.addDependency(this));
  }

  /**
   * Makes everything that uses the connection wait for the test: all resources that refer to it by name or ARN, such as
   * jobs, crawlers, zero-ETL integrations and Athena data catalogs, and the triggers that start them. `docs/guide.md`
   * lists all types. If one of them is in another stack, that whole stack waits.
   *
   * The resources are found at synthesis, in the app or stage of the test. A resource that the test itself waits for
   * doesn't wait for the test, and a warning names it. For other constructs, use `executeBefore`.
   */
  gateDependents(): void {
    WaitingPlan.of(this).gate(this);
  }

  private attribute(name: keyof ConnectionTestAttributes): string {
    return this.resource.getAttString(name);
  }

  /**
   * Grants what the connection's definition has come to need since the test was created.
   *
   * @internal
   */
  _readAgain(keys: ImportedKeys): void {
    const access = this.granted.grantMore(keys);
    if (access !== undefined) {
      this.resource.node.addDependency(access.policies);
      this.listeners.forEach((listener) => {
        listener();
      });
    }
  }

  /**
   * Whether the connection is in a VPC, as it was read last.
   *
   * @internal
   */
  get _isInVpc(): boolean | undefined {
    return this.granted.isInVpc;
  }

  /**
   * The secrets that the connection's credentials are in, as far as they are known by now.
   *
   * @internal
   */
  _secrets(): SecretAccess[] {
    return this.granted.secrets();
  }

  /**
   * Calls back when the connection's definition has come to need more than it did.
   *
   * @internal
   */
  _observe(listener: () => void): void {
    this.listeners.push(listener);
  }

  /**
   * The test's resource in the template.
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
      'a connection of the type NETWORK names no data store to connect to, and AWS does not document TestConnection ' +
        'for this type: test a connection to a data store in the same subnet instead, or acknowledge this warning',
    );
  }
}

/**
 * How long CloudFormation waits. Lambda delivers the event of a crashed function twice more, after about one and two
 * minutes. Each of the three runs takes at most the timeout and one minute more.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
function serviceTimeout(timeout: Duration): Duration {
  return timeout.isUnresolved() ? Duration.hours(1) : Duration.seconds(3 * (timeout.toSeconds() + 60) + 180);
}
