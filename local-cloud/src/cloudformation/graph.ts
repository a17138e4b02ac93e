import { ValidationError } from './errors';

/**
 * Visits each node once everything it depends on has succeeded; independent nodes run side by side.
 * A visit that resolves to false keeps its dependents from starting; an aborted signal keeps everything from starting.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html
 */
export async function walk<T>(
  nodes: readonly T[],
  dependenciesOf: (node: T) => readonly T[],
  visit: (node: T) => Promise<boolean>,
  signal?: AbortSignal,
): Promise<void> {
  const visits = new Map<T, Promise<boolean>>();

  const afterDependencies = async (node: T): Promise<boolean> => {
    const succeeded = await Promise.all(dependenciesOf(node).map(visitOnce));
    return succeeded.every(Boolean) && !signal?.aborted && visit(node);
  };
  const visitOnce = (node: T): Promise<boolean> => {
    const visited = visits.get(node) ?? afterDependencies(node);
    visits.set(node, visited);
    return visited;
  };

  await Promise.all(nodes.map(visitOnce));
}

/** Fails when the nodes cannot be ordered, naming those that lie on or between cycles. */
export function assertAcyclic(dependencies: ReadonlyMap<string, readonly string[]>): void {
  const left = new Set(dependencies.keys());
  const removeWhere = (isFree: (node: string) => boolean): void => {
    const free = [...left].filter(isFree);
    for (const node of free) {
      left.delete(node);
    }
    if (free.length > 0) {
      removeWhere(isFree);
    }
  };

  removeWhere((node) => !dependencies.get(node)?.some((dependency) => left.has(dependency)));
  removeWhere((node) => ![...left].some((other) => dependencies.get(other)?.includes(node)));

  if (left.size > 0) {
    throw new ValidationError(`Circular dependency between resources: [${[...left].join(', ')}]`);
  }
}
