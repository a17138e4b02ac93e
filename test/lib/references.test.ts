import { CfnResource, NestedStack } from 'aws-cdk-lib';
import { entryOf, escapeForPolicy, logicalIdsIn, namedIn, refersToOwnStack } from '../../lib/cdk/references';
import { createStack } from './harness';

describe('what a value names', () => {
  test.each<[string, unknown, [name: string, attribute: string][]]>([
    ['a reference', { Ref: 'A' }, [['A', 'A']]],
    ['a reference to a secret by its path', { Ref: 'c8.Password' }, [['c8.Password', 'Password']]],
    ['an attribute', { 'Fn::GetAtt': ['A', 'B'] }, [['A', 'B']]],
    [
      'an attribute that is an expression',
      { 'Fn::GetAtt': ['A', { Ref: 'B' }] },
      [
        ['A', 'A'],
        ['B', 'B'],
      ],
    ],
    ['an attribute in text', { 'Fn::GetAtt': 'A.B.C' }, [['A', 'B.C']]],
    [
      'text with both',
      { 'Fn::Sub': 'x${A}y${B.C}z${D.E.F}' },
      [
        ['A', 'A'],
        ['B', 'C'],
        ['D', 'E.F'],
      ],
    ],
    ['what lies deep', { a: [{ b: { Ref: 'A' } }] }, [['A', 'A']]],
    ['text that is no expression', { 'Fn::Sub': '$A {B} ${}' }, []],
    ['nothing', undefined, []],
  ])('%s', (_, value, expected) => {
    expect(namedIn(value)).toEqual(expected.map(([name, attribute]) => ({ name, attribute })));
  });
});

test.each([
  ['one id', { DependsOn: 'A' }, ['A']],
  ['several', { DependsOn: ['A', 'B'], Properties: { x: { Ref: 'C' } } }, ['A', 'B', 'C']],
  ['none', {}, []],
])('a resource waits for what it names by DependsOn and by its properties: %s', (_, entry, ids) => {
  expect(logicalIdsIn(entry)).toEqual(ids);
});

test('a contribution without resources has an empty entry', () => {
  expect(entryOf({})).toEqual({});
  expect(entryOf({ Resources: {} })).toEqual({});
  expect(entryOf({ Resources: { A: { DependsOn: 'B' } } })).toEqual({ DependsOn: 'B' });
});

test('what lies in the stack or is nested in it is its own, what is around or beside is not', () => {
  const stack = createStack();
  const nested = new NestedStack(stack, 'Nested');
  const innermost = new NestedStack(nested, 'Innermost');
  const beside = new NestedStack(stack, 'Beside');
  const [own, within, below, other] = [stack, nested, innermost, beside].map(
    (scope) => new CfnResource(scope, 'Resource', { type: 'AWS::X::Y' }).ref,
  );

  expect([own, within, below, other].map((value) => refersToOwnStack(stack, value))).toEqual([true, true, true, true]);
  expect([own, within, below, other].map((value) => refersToOwnStack(nested, value))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(refersToOwnStack(stack, 'literal')).toBe(false);
});

test('what has a meaning in a policy is escaped, also where it comes twice', () => {
  expect(escapeForPolicy('a*b?c$d*')).toBe('a${*}b${?}c${$}d${*}');
});
