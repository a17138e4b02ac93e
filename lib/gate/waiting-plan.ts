import { AspectPriority, Aspects, Aws, CfnResource, Fn, type IAspect } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { AppReferences } from '../cdk/app-references';
import { assemblyOf } from '../cdk/assembly';
import { lazily } from '../cdk/lazy-dependency';
import { mayUseConnection } from './connection-users';
import type { RegisteredTest } from './tests-of-app';
import { warnOfTestedNetworks } from './tested-networks';
import { findEdges, WaitingEdges, type ConditionalEdge } from './waiting-edges';

const PLANS = new WeakMap<IConstruct, WaitingPlan>();
const METADATA_KEY = 'cdk-glue-connection-test:waitsFor';

/**
 * The waiting that this library adds to one app or stage: tests wait for what makes their data stores reachable, and
 * whatever uses a tested connection waits for its test.
 *
 * It is computed when the CDK reads the dependencies, which is after all aspects, when the app is complete.
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
  /** The resources that wait by a reference in their metadata. */
  private referring: readonly CfnResource[] = [];

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
    }
  }

  private edgesNow(): WaitingEdges {
    if (this.edges === undefined) {
      this.referring.forEach(({ cfnOptions }) => delete cfnOptions.metadata?.[METADATA_KEY]);
      // Reading the dependencies asks for the edges again; meanwhile there are none.
      this.edges = new WaitingEdges(new AppReferences());
      this.edges = findEdges(this.assembly, [...this.gatedTests], [...this.planned].filter(mayUseConnection));
      const { byReference } = this.edges;
      this.referring = [...byReference.keys()];
      byReference.forEach((edges, resource) => {
        resource.addMetadata(METADATA_KEY, edges.map(referenceUnder));
      });
    }
    return this.edges;
  }
}

/**
 * A reference that exists only under a condition. cfn-lint reports `DependsOn` on a resource whose condition is false
 * as an error (E3005), and its behavior is not documented. References in metadata are documented.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-metadata.html
 */
function referenceUnder({ condition, target }: ConditionalEdge): unknown {
  return Fn.conditionIf(condition, target.ref, Aws.NO_VALUE);
}

function isNestedStack(construct: IConstruct): construct is CfnResource {
  return CfnResource.isCfnResource(construct) && construct.cfnResourceType === 'AWS::CloudFormation::Stack';
}
