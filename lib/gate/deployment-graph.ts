import { CfnResource, Stack } from 'aws-cdk-lib';
import { Dependable, type IConstruct } from 'constructs';
import type { AppReferences } from '../cdk/app-references';
import { constructsOf } from '../cdk/assembly';
import { pathOf, resourcesOf, sideBySide } from '../cdk/deployment-paths';

/**
 * Something that begins or ends: a resource stands for both. Of a stack, the beginning waits for what the whole stack
 * waits for, and each of its resources waits for the beginning; the end waits for each of its resources.
 */
export type Moment = CfnResource | { readonly stack: Stack; readonly is: 'beginning' | 'end' };

/**
 * What waits for what while an app is deployed: by references, by `DependsOn`, by dependencies between constructs and
 * between stacks. It is read from the constructs, so that a dependency can be tried before it is made.
 */
export class Waiting {
  private readonly awaited = new Map<Moment, Set<Moment>>();
  private readonly moments = new Map<Stack, { readonly beginning: Moment; readonly end: Moment }>();
  private readonly nestedStacks = new Map<IConstruct, Stack>();
  /** All that the moment waits for which was asked for last. */
  private closure?: { readonly of: Moment; readonly moments: ReadonlySet<Moment> };

  /**
   * @param assembly the app or stage
   */
  constructor(
    assembly: IConstruct,
    private readonly references: AppReferences,
  ) {
    const constructs = [...constructsOf(assembly)];
    for (const construct of constructs.filter((candidate) => Stack.isStack(candidate))) {
      this.addStack(construct);
    }
    for (const construct of constructs) {
      if (CfnResource.isCfnResource(construct)) {
        this.addResource(construct);
      }
      for (const target of construct.node.dependencies.flatMap((one) => Dependable.of(one).dependencyRoots)) {
        this.addDependency(construct, target);
      }
    }
  }

  /** What a moment waits for directly. */
  awaitedBy(moment: Moment): Iterable<Moment> {
    return this.awaited.get(moment) ?? [];
  }

  /** Whether one resource waits for another, directly or not. */
  waits(resource: CfnResource, target: CfnResource): boolean {
    const [waiting, awaited] = this.between(resource, target);
    return this.closureOf(waiting).has(awaited);
  }

  /**
   * Makes one resource wait for another.
   *
   * @returns `there` where the template says so already, and `cycle` where that would close one: it does nothing then
   */
  tryToWait(resource: CfnResource, target: CfnResource): 'made' | 'there' | 'cycle' {
    const [waiting, awaited] = this.between(resource, target);
    if (this.awaited.get(waiting)?.has(awaited)) {
      return 'there';
    }
    if (waiting === awaited || this.closureOf(awaited).has(waiting)) {
      return 'cycle';
    }
    // Nothing that is awaited has got more to wait for, so that its closure stays.
    this.add(waiting, awaited);
    return 'made';
  }

  private addStack(stack: Stack): void {
    const { beginning, end } = this.momentsOf(stack);
    this.add(end, beginning);
    if (stack.nestedStackResource !== undefined) {
      this.nestedStacks.set(stack.nestedStackResource, stack);
    }
    for (const dependency of stack.dependencies) {
      this.add(beginning, this.momentsOf(dependency).end);
    }
  }

  private addResource(resource: CfnResource): void {
    const { beginning, end } = this.momentsOf(resource.stack);
    this.add(this.beginningOf(resource), beginning);
    this.add(end, this.endOf(resource));
    for (const target of [...this.references.awaitedBy(resource), ...resource.obtainDependencies()]) {
      if (CfnResource.isCfnResource(target)) {
        this.wait(resource, target);
      }
    }
  }

  /** As the CDK does it: within a stack, of all resources on all; else of what lies side by side and holds them. */
  private addDependency(source: IConstruct, target: IConstruct): void {
    const [from, to] = sideBySide(pathOf(source), pathOf(target));
    if (from === undefined || to === undefined) {
      return;
    }
    for (const waiting of this.beginningsOf(from)) {
      for (const awaited of this.endsOf(to)) {
        if (waiting !== awaited) {
          this.add(waiting, awaited);
        }
      }
    }
  }

  private beginningsOf(scope: IConstruct): Moment[] {
    return Stack.isStack(scope)
      ? [this.momentsOf(scope).beginning]
      : resourcesOf(scope).map((resource) => this.beginningOf(resource));
  }

  private endsOf(scope: IConstruct): Moment[] {
    return Stack.isStack(scope)
      ? [this.momentsOf(scope).end]
      : resourcesOf(scope).map((resource) => this.endOf(resource));
  }

  private wait(resource: CfnResource, target: CfnResource): void {
    if (resource !== target) {
      this.add(...this.between(resource, target));
    }
  }

  /** In different stacks, it is the stacks that wait, as far as they don't lie in one. */
  private between(resource: CfnResource, target: CfnResource): [waiting: Moment, awaited: Moment] {
    const [from, to] = sideBySide(pathOf(resource), pathOf(target));
    return [
      Stack.isStack(from) ? this.momentsOf(from).beginning : this.beginningOf(resource),
      Stack.isStack(to) ? this.momentsOf(to).end : this.endOf(target),
    ];
  }

  private beginningOf(resource: CfnResource): Moment {
    const nested = this.nestedStacks.get(resource);
    return nested === undefined ? resource : this.momentsOf(nested).beginning;
  }

  private endOf(resource: CfnResource): Moment {
    const nested = this.nestedStacks.get(resource);
    return nested === undefined ? resource : this.momentsOf(nested).end;
  }

  private momentsOf(stack: Stack) {
    const moments = this.moments.get(stack) ?? {
      beginning: { stack, is: 'beginning' as const },
      end: { stack, is: 'end' as const },
    };
    this.moments.set(stack, moments);
    return moments;
  }

  private add(waiting: Moment, awaited: Moment): void {
    const all = this.awaited.get(waiting) ?? new Set();
    this.awaited.set(waiting, all.add(awaited));
  }

  private closureOf(moment: Moment): ReadonlySet<Moment> {
    if (this.closure?.of !== moment) {
      const moments = new Set([moment]);
      // A set goes on with what is added to it on the way.
      for (const next of moments) {
        this.awaited.get(next)?.forEach((one) => moments.add(one));
      }
      this.closure = { of: moment, moments };
    }
    return this.closure.moments;
  }
}
