import { Dependable, type IConstruct, type IDependable } from 'constructs';

/** Constructs that are only known when the dependencies are read, which is after all aspects. */
export function lazily(roots: () => readonly IConstruct[]): IDependable {
  const dependable = {};
  Dependable.implement(dependable, {
    get dependencyRoots() {
      return [...roots()];
    },
  });
  return dependable;
}
