import type { IConstruct } from 'constructs';
import { assemblyOf } from './assembly';
import { lazily } from './lazy-dependency';

const ACTS = new WeakMap<IConstruct, (() => void)[]>();

/**
 * Does something when the app or stage of a construct is complete: after all aspects, before the CDK resolves references and
 * before it reads any other dependency, since it begins with those of the outermost construct.
 */
export function onCompletion(construct: IConstruct, act: () => void): void {
  const assembly = assemblyOf(construct);
  const acts = ACTS.get(assembly) ?? [];
  if (!ACTS.has(assembly)) {
    ACTS.set(assembly, acts);
    assembly.node.addDependency(
      lazily(() => {
        // An array goes on with what is added to it on the way.
        for (const one of acts) {
          one();
        }
        return [];
      }),
    );
  }
  acts.push(act);
}
