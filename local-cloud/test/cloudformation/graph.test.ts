import { assertAcyclic, walk } from '../../src/cloudformation/graph';

const CHAIN: Record<string, string[]> = { first: [], second: ['first'], third: ['second'], other: [] };
const dependenciesOf = (node: string): string[] => CHAIN[node] ?? [];

test('each node is visited once, after what it depends on', async () => {
  const visited: string[] = [];
  await walk(['third', 'second', 'third', 'first'], dependenciesOf, (node) => Promise.resolve(visited.push(node) > 0));
  expect(visited).toEqual(['first', 'second', 'third']);
});

test('what depends on a failed node is not visited, everything else is', async () => {
  const visited: string[] = [];
  await walk(Object.keys(CHAIN), dependenciesOf, (node) => {
    visited.push(node);
    return Promise.resolve(node !== 'first');
  });
  expect(visited).toEqual(['first', 'other']);
});

test('nothing is visited after an abort, though its dependencies have succeeded', async () => {
  const visited: string[] = [];
  const controller = new AbortController();
  const visit = (node: string): Promise<boolean> => {
    visited.push(node);
    if (node === 'first') {
      controller.abort();
    }
    return Promise.resolve(true);
  };
  await walk(['first', 'second'], dependenciesOf, visit, controller.signal);
  expect(visited).toEqual(['first']);
});

test('fails when there is a cycle, and names what lies on it', () => {
  const graph = new Map([
    ['before', []],
    ['a', ['c', 'before']],
    ['b', ['a']],
    ['c', ['b']],
    ['after', ['c']],
  ]);
  expect(() => assertAcyclic(graph)).toThrow('Circular dependency between resources: [a, b, c]');
});
