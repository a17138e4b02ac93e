import { Stage, type CfnResource, type IAspect } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { assemblyOf, constructsOf } from '../cdk/assembly';

/** What tests have been applied to. */
export interface Application {
  readonly scope: IConstruct;
  /** The scope, and the stages below it, as far as they were there when the tests were applied. */
  readonly reached: readonly IConstruct[];
  /** Those of them that have been synthesized since. */
  readonly visited: ReadonlySet<IConstruct>;
  /** Whether it is a connection that should have a test, and has none. */
  lacksTest(construct: IConstruct): construct is CfnResource;
}

/**
 * Makes synthesis fail if the connections of a stage would not be tested.
 *
 * A stage is synthesized before the app, and as soon as it is added to a pipeline. After that, it is too late to add
 * tests, and aspects of the app don't reach a stage.
 */
export class MissedStages implements IAspect {
  constructor(private readonly application: Application) {}

  visit(node: IConstruct): void {
    const { scope, visited } = this.application;
    if (node !== scope.node.root) {
      return;
    }
    const synthesizedBefore = [scope, ...stagesBelow(scope)].filter((one) => assemblyOf(one) !== node);
    for (const missed of synthesizedBefore.filter((one) => !visited.has(one))) {
      const connection = [...constructsOf(missed)].find((one) => this.application.lacksTest(one));
      if (connection !== undefined) {
        throw this.errorFor(missed, connection);
      }
    }
  }

  private errorFor(missed: IConstruct, connection: CfnResource): Error {
    const { scope, reached } = this.application;
    const call = `ConnectionTests.applyTo(${scope === scope.node.root ? 'app' : `'${scope.node.path}'`})`;
    const { path } = assemblyOf(missed).node;
    const [expected, got, toDo] = reached.includes(missed)
      ? [
          'be synthesized after ConnectionTests.applyTo is called',
          'synthesized before, as pipeline.addStage(...) does it',
          `move the line ${call} above the one that adds ${path} to the pipeline`,
        ]
      : [
          'hold its stages when ConnectionTests.applyTo is called',
          'created later',
          `move the line ${call} below the one that creates ${path}, and above the one that adds it to a pipeline`,
        ];
    return new Error(
      `'scope' must ${expected}, got: the stage ${path}, ${got}, whose connection ${connection.node.path} would not be ` +
        `tested; ${toDo}, or call ConnectionTests.applyTo(this) at the end of the constructor of the stage`,
    );
  }
}

export function stagesBelow(scope: IConstruct): Stage[] {
  return scope.node
    .findAll()
    .filter((construct): construct is Stage => construct !== scope && Stage.isStage(construct));
}
