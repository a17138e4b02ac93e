import { AspectPriority, Aspects, type IAspect } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { lazily } from '../cdk/lazy-dependency';
import { assemblyOf } from '../cdk/assembly';
import { testsOf, type RegisteredTest } from '../gate/tests-of-app';

const OBSERVED = new WeakMap<IConstruct, LateDefinitions>();

/**
 * Reads the connections of an app or stage again, since properties, overrides and aspects may change them after their
 * tests were created. What a test needs then, it is granted.
 *
 * As an aspect, so that other aspects see the roles and policies that this adds. Once more before the CDK resolves
 * references, since aspects may run in an order in which this one comes too soon.
 */
export class LateDefinitions implements IAspect {
  /** Begins to look at the app or stage that a construct belongs to. */
  static observe(construct: IConstruct): void {
    const assembly = assemblyOf(construct);
    if (!OBSERVED.has(assembly)) {
      OBSERVED.set(assembly, new LateDefinitions(assembly));
    }
  }

  private constructor(private readonly assembly: IConstruct) {
    Aspects.of(assembly).add(this, { priority: AspectPriority.READONLY });
    // The CDK reads the dependencies of the outermost construct first: those of a test then know its new policies.
    assembly.node.addDependency(
      lazily(() => {
        this.testsOf(() => true).forEach((test) => test._readAgain());
        return [];
      }),
    );
  }

  visit(node: IConstruct): void {
    this.testsOf((connection) => connection === node).forEach((test) => test._readAgain());
  }

  private testsOf(isMeant: (connection: IConstruct) => boolean): RegisteredTest[] {
    return testsOf(this.assembly).filter(({ _facts: { resource } }) => resource !== undefined && isMeant(resource));
  }
}
