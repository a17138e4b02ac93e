import { Dependable, type IConstruct } from 'constructs';

/**
 * The constructs that a test was told to wait for, and those that were told to wait for the test. They must not
 * overlap.
 */
export class TestOrder {
  private readonly awaited: IConstruct[] = [];
  private readonly waiting: IConstruct[] = [];

  constructor(private readonly test: IConstruct) {}

  /**
   * @throws an error when one of the constructs, or something inside or around it, waits for the test already
   */
  executeAfter(scopes: readonly IConstruct[]): void {
    for (const scope of scopes) {
      const other = this.waiting.find((one) => overlaps(one, scope));
      this.refuse(other, scope, 'executeAfter', 'executeBefore');
    }
    this.awaited.push(...scopes);
  }

  /**
   * @throws an error when the test waits for one of the constructs already, or for something inside or around it
   */
  executeBefore(scopes: readonly IConstruct[]): void {
    for (const scope of scopes) {
      const other = this.awaited.find((one) => overlaps(scope, one));
      this.refuse(other, scope, 'executeBefore', 'executeAfter');
    }
    this.waiting.push(...scopes);
  }

  private refuse(other: IConstruct | undefined, scope: IConstruct, method: string, otherMethod: string): void {
    if (other !== undefined) {
      throw new Error(
        `'scopes' of ${method} must not overlap with those of ${otherMethod}, got: ${shownPath(scope)}` +
          `${other === scope ? '' : `, and ${shownPath(other)} in ${otherMethod}`}; it can't wait for ${shownPath(this.test)} ` +
          'and be waited for by it: take it out of one of the two calls',
      );
    }
  }
}

/** Whether a waiting construct contains what is awaited, or is inside it. */
function overlaps(waiting: IConstruct, awaited: IConstruct): boolean {
  return Dependable.of(awaited).dependencyRoots.some(
    (root) => root.node.scopes.includes(waiting) || waiting.node.scopes.includes(root),
  );
}

function shownPath({ node }: IConstruct): string {
  return node.path || 'the app';
}
