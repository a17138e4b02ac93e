import {
  Annotations,
  AspectPriority,
  Aspects,
  FeatureFlags,
  Stack,
  Stage,
  type CfnResource,
  type IAspect,
} from 'aws-cdk-lib';
import { ASPECT_STABILIZATION } from 'aws-cdk-lib/cx-api';
import type { Construct, IConstruct } from 'constructs';
import { ConnectionFilter, onUnsupportedByDefault } from './connection-filter';
import { ConnectionTarget } from '../target/connection-target';
import { ConnectionTest } from './connection-test';
import { TEST_OPTIONS, type ConnectionTestOptions } from './connection-test-props';
import { ConnectionTestProvider } from '../provider/connection-test-provider';
import { APPLY_TO_OPTIONS, type ApplyToOptions } from './apply-to-options';
import { checkProps, pick } from '../props/check-props';
import { readDefinition } from '../target/connection-definition';
import { identityOf } from '../cdk/identity';
import { CONSTRUCT } from '../props/kinds';
import { LateDefinitions } from './late-definitions';
import { MissedStages, stagesBelow } from './missed-stages';
import { placeForTest } from './place-for-test';
import { asProvider, type IConnectionTestProvider } from '../provider/provider';
import { isCfnConnection } from '../target/connection-definition';
import { testsOfConnection } from '../gate/tested-connections';
import { assemblyOf, constructsOf } from '../cdk/assembly';
import { testsOf, type RegisteredTest } from '../gate/tests-of-app';
import { WaitingPlan } from '../gate/waiting-plan';

/** Which scopes have tests applied to them. */
const APPLIED = new WeakMap<IConstruct, ConnectionTests>();

/** After the aspects that change connections, and before those that only read the result. */
const PRIORITY = (AspectPriority.DEFAULT + AspectPriority.READONLY) / 2;

/**
 * Tests every Glue connection of an app, or of a part of it.
 *
 * @example
 *
 * ConnectionTests.applyTo(app, { excludeNames: ['legacy-*'] });
 */
export class ConnectionTests implements IAspect {
  /**
   * Tests each Glue connection below a scope, including connections that are added after this call. A connection that
   * already has a `ConnectionTest` keeps it. Everything that uses a tested connection waits for its test.
   *
   * If you call it for several scopes around a connection, the options of the nearest scope apply. Create the stages
   * below the scope before this call, and add them to a pipeline after it. Otherwise synthesis fails, and the error
   * names the line to move.
   *
   * @param scope the app, a stage, a stack or any other construct
   * @param options which connections to test, and how
   * @throws an error when it was already called for the scope, or both `serviceToken` and `providerProps` are given
   */
  static applyTo(scope: IConstruct, options: ApplyToOptions = {}): void {
    CONSTRUCT.check('scope', scope);
    checkProps('options', options, APPLY_TO_OPTIONS);
    if (APPLIED.has(scope)) {
      throw new Error(
        `'scope' must not have connection tests yet, got: ${scope.node.path || 'the app'}, for which ` +
          'ConnectionTests.applyTo was already called; pass all options in one call',
      );
    }
    if (options.providerProps !== undefined && options.serviceToken !== undefined) {
      throw new Error(
        "'serviceToken' must not be given with 'providerProps': the provider is either deployed elsewhere or created here",
      );
    }
    const tests = new ConnectionTests(scope, options);
    APPLIED.set(scope, tests);
    const reached = [scope, ...stagesBelow(scope)];
    for (const assembly of reached) {
      Aspects.of(assembly).add(tests, { priority: PRIORITY });
      // An aspect that is added while aspects are at work may come too late.
      WaitingPlan.of(assembly);
      LateDefinitions.observe(assembly);
    }
    const { visited } = tests;
    const missedIn = (stage: IConstruct) => tests.missedIn(stage);
    Aspects.of(scope.node.root).add(
      new MissedStages({ scope, reached, visited, call: 'ConnectionTests.applyTo', missedIn }),
    );
  }

  private readonly filter: ConnectionFilter;
  private readonly gatesDependents: boolean;
  /** The scope and stages that have been synthesized. */
  private readonly visited = new Set<IConstruct>();
  private readonly considered = new Set<IConstruct>();

  private constructor(
    private readonly scope: IConstruct,
    private readonly options: ApplyToOptions,
  ) {
    this.filter = new ConnectionFilter(options);
    this.gatesDependents = options.gateDependents ?? true;
  }

  /**
   * The CDK calls this for each construct. Don't call it yourself.
   *
   * @param node the construct
   */
  visit(node: IConstruct): void {
    const isRoot = node === this.scope || Stage.isStage(node);
    if (isRoot) {
      this.visited.add(node);
    }
    if (isRoot && !FeatureFlags.of(node).isEnabled(ASPECT_STABILIZATION)) {
      // Without this flag, the CDK doesn't visit a construct that is added beside one that it has visited, and other
      // aspects would miss the test.
      [...constructsOf(node)].filter(isCfnConnection).forEach((connection) => this.consider(connection));
    } else if (isCfnConnection(node)) {
      this.consider(node);
    }
  }

  private consider(connection: CfnResource): void {
    if (this.considered.has(connection) || !this.isResponsibleFor(connection)) {
      return;
    }
    this.considered.add(connection);
    const { isTested, info } = this.filter.select(connection);
    if (info !== undefined) {
      Annotations.of(connection).addInfoV2('cdk-glue-connection-test:typeNotTested', info);
    }
    if (!isTested) {
      return;
    }
    const existing = testsFor(connection);
    const tests = existing.length > 0 ? existing : [this.test(connection)];
    if (this.gatesDependents) {
      tests.forEach((test) => WaitingPlan.of(test).gate(test));
    }
  }

  private test(connection: CfnResource): ConnectionTest {
    // By the shape, which has to name every option of a test: none can be forgotten here.
    const options = pick<ConnectionTestOptions>(this.options, TEST_OPTIONS);
    const { scope, id } = placeForTest(connection);
    const { literalName = '' } = readDefinition(connection);
    const test = new ConnectionTest(scope, id, {
      ...options,
      onUnsupported: options.onUnsupported ?? onUnsupportedByDefault(connection),
      secret: this.options.secrets?.[literalName],
      target: ConnectionTarget._fromResource(connection),
      provider: this.providerFor(scope),
    });
    this.makeWait(test);
    return test;
  }

  private makeWait(test: ConnectionTest): void {
    for (const awaited of this.options.executeAfter ?? []) {
      if (test.node.scopes.includes(awaited)) {
        throw new Error(
          `'executeAfter' must not contain a test that waits for it, got: ${awaited.node.path || 'the app'}, which ` +
            `contains ${test.node.path}; name the constructs that the tests must wait for one by one`,
        );
      }
      // Nothing can wait for what is in another stage.
      if (assemblyOf(awaited) === assemblyOf(test)) {
        test.executeAfter(awaited);
      }
    }
  }

  private providerFor(scope: Construct): IConnectionTestProvider {
    const { maxConcurrency, providerProps, serviceToken } = this.options;
    const provider =
      serviceToken === undefined
        ? ConnectionTestProvider.getOrCreate(scope, providerProps)
        : this.importedProvider(Stack.of(scope), serviceToken);
    asProvider(provider)._limit(maxConcurrency);
    return provider;
  }

  private importedProvider(stack: Stack, serviceToken: string): IConnectionTestProvider {
    const { serviceRole: role } = this.options;
    const id = `ImportedGlueConnectionTestProvider${identityOf(stack, { serviceToken, role })}`;
    const existing = stack.node.tryFindChild(id) as IConnectionTestProvider | undefined;
    return existing ?? ConnectionTestProvider.fromServiceToken(stack, id, serviceToken, { role });
  }

  /** The nearest scope decides. */
  private isResponsibleFor(connection: IConstruct): boolean {
    const nearest = connection.node.scopes.reverse().find((scope) => APPLIED.has(scope));
    return nearest === this.scope;
  }

  private missedIn(stage: IConstruct): string | undefined {
    const connection = [...constructsOf(stage)].find((one) => this.lacksTest(one));
    return connection && `whose connection ${connection.node.path} would not be tested`;
  }

  /** Whether it is a connection that should have a test, and has none. */
  private lacksTest(construct: IConstruct): boolean {
    return (
      isCfnConnection(construct) &&
      this.isResponsibleFor(construct) &&
      this.filter.select(construct).isTested &&
      testsFor(construct).length === 0
    );
  }
}

function testsFor(connection: CfnResource): RegisteredTest[] {
  return testsOfConnection(connection, testsOf(assemblyOf(connection)));
}
