import { CfnResource } from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import { ConnectionTarget, ConnectionTest } from '../../../lib/index';
import { createConnection, createStack } from '../harness';

describe('executeAfter and executeBefore fail at once when they are given the same', () => {
  const setUp = () => {
    const stack = createStack();
    const outer = new Construct(stack, 'Outer');
    const inner = new Construct(outer, 'Inner');
    new CfnResource(inner, 'Resource', { type: 'AWS::EC2::Route' });
    const target = ConnectionTarget.fromConnection(createConnection(stack));
    return { outer, inner, connectionTest: new ConnectionTest(stack, 'Test', { target }) };
  };
  type Given = ReturnType<typeof setUp>;
  const cases: [string, (given: Given) => [IConstruct, IConstruct], RegExp][] = [
    ['construct', ({ inner }) => [inner, inner], /got: Stack\/Outer\/Inner; it can't wait for Stack\/Test/],
    [
      'construct in the other',
      ({ inner, outer }) => [inner, outer],
      /got: Stack\/Outer\/Inner, and Stack\/Outer in exec/,
    ],
    ['construct around it', ({ inner, outer }) => [outer, inner], /got: Stack\/Outer, and Stack\/Outer\/Inner in exec/],
  ];

  test.each(cases)('%s', (_, pick, message) => {
    for (const isAfterFirst of [true, false]) {
      const given = setUp();
      const { connectionTest } = given;
      const [second, first] = pick(given);
      const calls = [
        () => connectionTest.executeAfter(isAfterFirst ? first : second),
        () => connectionTest.executeBefore(isAfterFirst ? second : first),
      ];
      const [one, two] = isAfterFirst ? calls : calls.reverse();
      one!();

      expect(two!).toThrow(message);
    }
  });

  test('but not what only shares a scope, nor the same twice', () => {
    const { outer, inner, connectionTest } = setUp();
    const sibling = new Construct(outer, 'Sibling');
    connectionTest.executeAfter(inner);
    connectionTest.executeBefore(sibling);

    expect(() => connectionTest.executeAfter(inner)).not.toThrow();
    expect(() => connectionTest.executeBefore(sibling)).not.toThrow();
  });

  test('also where others wait for something else than the construct itself', () => {
    const { inner, connectionTest } = setUp();
    const target = ConnectionTarget.fromName('other', { inVpc: false });
    const other = new ConnectionTest(inner, 'Other', { target });
    connectionTest.executeAfter(other);

    expect(() => connectionTest.executeBefore(inner)).toThrow(
      /got: Stack\/Outer\/Inner, and .*\/Other in executeAfter/,
    );
  });
});
