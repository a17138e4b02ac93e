import { Aws, CfnParameter, CfnResource, Fn, NestedStack } from 'aws-cdk-lib';
import { maxLength } from '../../../../lib/grants/policies/policy-length';
import { createStack } from '../../harness';

/** What is said of no name: the ARN of an import, and the stack's name, `Stack`. */
const UNKNOWN = 150 + 'Stack'.length;

/** What stands around a name in an ARN, with quotation marks. */
const AROUND = 2 + 90 + 'Stack'.length;

test.each([
  ['text', 'abc'],
  ['text that JSON escapes', 'a"\n'],
  ['a number', 12],
  ['nothing', null],
  ['a list', ['a', 'bc', 1]],
  ['an object', { a: 'b', cd: [true] }],
  ['an object with one member', { a: { b: 'c' } }],
])('what is known has at most a character more than its JSON: %s', (_, value) => {
  const exact = JSON.stringify(value).length;
  const length = maxLength(createStack(), value);

  expect(length).toBeGreaterThanOrEqual(exact);
  expect(length - exact).toBeLessThanOrEqual(1);
});

test.each<[string, unknown, number]>([
  ['what is joined', { 'Fn::Join': ['--', ['ab', { Ref: 'AWS::AccountId' }, 'c']] }, '"ab--123456789012--c"'.length],
  ['text with variables', { 'Fn::Sub': 'a:${AWS::AccountId}:${!AWS}' }, '"a:123456789012:${AWS}"'.length],
  ['text with an attribute', { 'Fn::Sub': 'a${Other.Arn}' }, 1 + AROUND + 'Other'.length],
  ['text with values of its own', { 'Fn::Sub': ['a${b}', { b: { Ref: 'AWS::Region' } }] }, '"aap-northeast-1"'.length],
  ['text of which the CDK has made a reference', { 'Fn::Sub': { Ref: 'X' } }, AROUND + 'X'.length],
  ['text that is none', { 'Fn::Sub': [] }, 2 + UNKNOWN],
  ['an account', Aws.ACCOUNT_ID, 14],
  ['a partition', Aws.PARTITION, 12],
  ['a Region', Aws.REGION, 16],
  ['a suffix', Aws.URL_SUFFIX, 18],
  ['another pseudo parameter', Aws.STACK_ID, 2 + UNKNOWN],
  ['another function', Fn.select(0, Fn.split(',', Fn.importValue('x'))), 2 + UNKNOWN],
  ['a list that is joined later', { 'Fn::Join': [',', { 'Fn::GetAtt': ['X', 'Y'] }] }, 2 + UNKNOWN],
  ['a reference by hand', { Ref: 'Other' }, AROUND + 'Other'.length],
  ['an attribute by hand', { 'Fn::GetAtt': ['Other', 'Arn'] }, AROUND + 'Other'.length],
  ['an attribute in text', { 'Fn::GetAtt': 'Other.Arn' }, AROUND + 'Other.Arn'.length],
  ['what only begins like a reference', { Ref: 'x', b: 'y' }, 1 + '"Ref":"x",'.length + '"b":"y",'.length],
])('of %s, the longest counts', (_, value, length) => {
  expect(maxLength(createStack(), value)).toBe(length);
});

describe('of what is referred to, the name counts', () => {
  test.each<[string, object, number]>([
    ['as CloudFormation makes it', {}, 0],
    ['as it is given', { Name: 'abcdef' }, 6],
    ['of a role, with its path', { RoleName: 'abc', Path: '/de/' }, 7],
    ['of a connection', { ConnectionInput: { Name: 'abcd' } }, 4],
    ['which is known later', { Name: { Ref: 'Name' }, ConnectionInput: null }, 0],
  ])('%s', (_, properties, extra) => {
    const stack = createStack();
    const resource = new CfnResource(stack, 'Resource', { type: 'AWS::X::Y', properties });

    expect(maxLength(stack, resource.ref)).toBe(AROUND + 'Resource'.length + extra);
    expect(maxLength(stack, resource.getAtt('Arn'))).toBe(AROUND + 'Resource'.length + extra);
  });

  test('as that of a parameter usually is', () => {
    const stack = createStack();

    expect(maxLength(stack, new CfnParameter(stack, 'Parameter').valueAsString)).toBe(AROUND + 60);
  });

  test('with the longest name of a stack that CloudFormation names', () => {
    const stack = new NestedStack(createStack(), 'Nested');

    expect(maxLength(stack, { Ref: 'Other' })).toBe(2 + 90 + 128 + 'Other'.length);
  });
});
