import { Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

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
