import { deserialize, serialize } from 'node:v8';
import { ObjectGraph } from '../../src/state/object-graph';

class Node {
  next?: Node;
  readonly values = new Map<string, unknown>();

  constructor(
    private readonly name: string,
    private readonly listener: () => void = () => undefined,
  ) {}

  get title(): string {
    return this.name.toUpperCase();
  }

  get isHeard(): boolean {
    return typeof this.listener === 'function';
  }
}

const graph = new ObjectGraph({ Node });
const saved = (value: unknown) => graph.hydrate(deserialize(serialize(graph.dehydrate(value))));

test.each([
  ['plain data', { text: 'a', number: 1, none: undefined, nothing: null, list: [1, [2]], flag: true }],
  [
    'maps, sets, dates and bytes',
    new Map<unknown, unknown>([
      ['a', new Set([1])],
      ['b', new Date(0)],
      ['c', new Uint8Array([1, 2])],
    ]),
  ],
  ['keys that have a meaning elsewhere', { ['__proto__']: 1, constructor: 'a', class: 'Node', fields: { name: 'x' } }],
])('%s come back as they were', (_case, value) => {
  expect(saved(value)).toStrictEqual(value);
});

test('an instance comes back as one of its class, without its functions', () => {
  const node = saved(new Node('a')) as Node;
  expect(node).toBeInstanceOf(Node);
  expect(node.title).toBe('A');
  expect(node.isHeard).toBe(false);
});

test('what is shared stays shared, and what goes in a circle goes in a circle', () => {
  const node = new Node('a');
  node.next = node;
  const shared = { key: 'value' };
  node.values.set('first', shared).set('second', [shared]);
  const { first, second } = saved({ first: node, second: [node] }) as { first: Node; second: Node[] };

  expect(second[0]).toBe(first);
  expect(first.next).toBe(first);
  expect((first.values.get('second') as object[])[0]).toBe(first.values.get('first'));
});

test('fails on an instance of another class, and names it', () => {
  class Unknown {}
  expect(() => graph.dehydrate([new Unknown()])).toThrow('an instance of Unknown cannot be saved');
});
