import { Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { ConnectionTest } from '../connection-test/connection-test';

const TESTS = new WeakMap<IConstruct, ConnectionTest[]>();

/** Makes a test known to whoever asks for the tests of its assembly. */
export function register(test: ConnectionTest): void {
  const assembly = assemblyOf(test);
  const tests = TESTS.get(assembly) ?? [];
  TESTS.set(assembly, tests);
  tests.push(test);
}

/** The tests of an app or a stage, without those of stages below it, in the order of their creation. */
export function testsOf(assembly: IConstruct): readonly ConnectionTest[] {
  return TESTS.get(assembly) ?? [];
}

/** What is synthesized together: the stage or the app; the root, where there is neither. */
export function assemblyOf(construct: IConstruct): IConstruct {
  return construct.node.scopes.reverse().find((scope) => Stage.isStage(scope)) ?? construct.node.root;
}

/** A construct and all below it, without what stages below it hold. */
export function* constructsOf(scope: IConstruct): Generator<IConstruct> {
  yield scope;
  for (const child of scope.node.children.filter((candidate) => !Stage.isStage(candidate))) {
    yield* constructsOf(child);
  }
}
