import { AspectPriority, Aspects, Aws, CfnResource, Fn, Lazy, type IAspect } from 'aws-cdk-lib';
import { Dependable, type IConstruct, type IDependable } from 'constructs';
import { AppReferences } from '../cdk/app-references';
import { assemblyOf } from '../cdk/assembly';
import { mayUseConnection } from './connection-users';
import type { RegisteredTest } from './tests-of-app';
import { warnOfTestedNetworks } from './tested-networks';
import { findEdges, WaitingEdges, type ConditionalEdge } from './waiting-edges';

const PLANS = new WeakMap<IConstruct, WaitingPlan>();
const METADATA_KEY = 'cdk-glue-connection-test:waitsFor';

/**
 * Who waits for whom in one app or stage, as far as this library has a say: tests for what makes their data stores
 * reachable, and whatever uses a tested connection for the test.
 *
 * It is found out when the dependencies are read, which is after all aspects: then everything is there.
 */
export class WaitingPlan implements IAspect {
  /** The plan of the app or stage that a construct belongs to. */
  static of(construct: IConstruct): WaitingPlan {
    const assembly = assemblyOf(construct);
    const plan = PLANS.get(assembly) ?? new WaitingPlan(assembly);
    PLANS.set(assembly, plan);
    return plan;
  }

  private readonly gatedTests = new Set<RegisteredTest>();
  private readonly planned = new Set<CfnResource>();
  private edges?: WaitingEdges;

  private constructor(private readonly assembly: IConstruct) {
    // As late as any, so that it may be added while aspects are at work.
    Aspects.of(assembly).add(this, { priority: AspectPriority.READONLY });
    assembly.node.addValidation({ validate: () => warnOfTestedNetworks(assembly) });
  }

  /** From now on, the test waits for its data store. */
  include(test: RegisteredTest): void {
    this.plan(test._resource);
  }

  /** From now on, those who use the test's connection wait for it. */
  gate(test: RegisteredTest): void {
    this.gatedTests.add(test);
    this.edges = undefined;
  }

  visit(node: IConstruct): void {
    // There may be more to come.
    this.edges = undefined;
    if (mayUseConnection(node) || isNestedStack(node)) {
      this.plan(node);
    }
  }

  private plan(resource: CfnResource): void {
    if (!this.planned.has(resource)) {
      this.planned.add(resource);
      resource.node.addDependency(lazily(() => this.edgesNow().byDependsOn.get(resource) ?? []));
      resource.addMetadata(
        METADATA_KEY,
        Lazy.uncachedAny({ produce: () => this.edgesNow().byReference.get(resource)?.map(referenceUnder) }),
      );
    }
  }

  private edgesNow(): WaitingEdges {
    if (this.edges === undefined) {
      // Whoever asks while they are found, is to see what there is without them.
      this.edges = new WaitingEdges(new AppReferences());
      this.edges = findEdges(this.assembly, [...this.gatedTests], [...this.planned].filter(mayUseConnection));
    }
    return this.edges;
  }
}

/**
 * A reference that is only there under a condition. `DependsOn` on a resource whose condition is false is an error to
 * cfn-lint (E3005), and no documentation says what CloudFormation makes of it. References it documents, in metadata too.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-metadata.html
 */
function referenceUnder({ condition, target }: ConditionalEdge): unknown {
  return Fn.conditionIf(condition, target.ref, Aws.NO_VALUE);
}

function isNestedStack(construct: IConstruct): construct is CfnResource {
  return CfnResource.isCfnResource(construct) && construct.cfnResourceType === 'AWS::CloudFormation::Stack';
}

/** Constructs that are only known when the dependencies are read. */
function lazily(roots: () => readonly IConstruct[]): IDependable {
  const dependable = {};
  Dependable.implement(dependable, {
    get dependencyRoots() {
      return [...roots()];
    },
  });
  return dependable;
}
