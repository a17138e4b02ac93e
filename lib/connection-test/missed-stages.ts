import { Stage, type IAspect } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { assemblyOf } from '../cdk/assembly';

/** What reaches all stages below a scope by aspects. */
export interface Application {
  readonly scope: IConstruct;
  /** The scope, and the stages below it, as far as they were there at the call. */
  readonly reached: readonly IConstruct[];
  /** Those of them that have been synthesized since. */
  readonly visited: ReadonlySet<IConstruct>;
  /** The method that was called, such as `ConnectionTests.applyTo`. */
  readonly call: string;
  /** What is missed in a stage, such as 'whose connection … would not be tested'; undefined if nothing is. */
  missedIn(stage: IConstruct): string | undefined;
}

/**
 * Makes synthesis fail if a stage would be left out.
 *
 * A stage is synthesized before the app, and as soon as it is added to a pipeline. After that, it is too late to add
 * anything, and aspects of the app don't reach a stage.
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
      const consequence = this.application.missedIn(missed);
      if (consequence !== undefined) {
        throw this.errorFor(missed, consequence);
      }
    }
  }

  private errorFor(missed: IConstruct, consequence: string): Error {
    const { scope, reached, call: method } = this.application;
    const call = `${method}(${scope === scope.node.root ? 'app' : `'${scope.node.path}'`})`;
    const { path } = assemblyOf(missed).node;
    const [expected, got, toDo] = reached.includes(missed)
      ? [
          `be synthesized after ${method} is called`,
          'synthesized before, as pipeline.addStage(...) does it',
          `move the line ${call} above the one that adds ${path} to the pipeline`,
        ]
      : [
          `hold its stages when ${method} is called`,
          'created later',
          `move the line ${call} below the one that creates ${path}, and above the one that adds it to a pipeline`,
        ];
    return new Error(
      `'scope' must ${expected}, got: the stage ${path}, ${got}, ${consequence}; ${toDo}, ` +
        `or call ${method}(this) at the end of the constructor of the stage`,
    );
  }
}

export function stagesBelow(scope: IConstruct): Stage[] {
  return scope.node
    .findAll()
    .filter((construct): construct is Stage => construct !== scope && Stage.isStage(construct));
}
