import { AspectPriority, Aspects, type IAspect } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { onCompletion } from '../cdk/completion';
import { assemblyOf } from '../cdk/assembly';
import { testsOf, testsOfResource } from '../gate/tests-of-app';
import { ImportedKeys } from '../grants/imported-keys';

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

  private keys: ImportedKeys;

  private constructor(private readonly assembly: IConstruct) {
    this.keys = new ImportedKeys(assembly);
    Aspects.of(assembly).add(this, { priority: AspectPriority.READONLY });
    onCompletion(assembly, () => {
      const keys = new ImportedKeys(assembly);
      testsOf(assembly)
        .filter(({ _facts: { resource } }) => resource !== undefined)
        .forEach((test) => test._readAgain(keys));
    });
  }

  visit(node: IConstruct): void {
    if (node === this.assembly) {
      // There may be more of them.
      this.keys = new ImportedKeys(node);
    }
    testsOfResource(node).forEach((test) => test._readAgain(this.keys));
  }
}
