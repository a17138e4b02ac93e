import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { EVERY_PARAMETER, providerTemplate, statementsOf, type Statement } from './built';
import { CloudFormationRules } from './cloudformation-rules';

jest.setTimeout(60_000);

const NAME = 'wildcards.rego';
const rules = new CloudFormationRules({ name: NAME, content: readFileSync(path.join(__dirname, NAME), 'utf8') });
const template = providerTemplate();

test.each([
  ['defaults', { ConnectionNamePattern: '*' }],
  ['every parameter', EVERY_PARAMETER],
])('the policy leaves nothing open that has no reason, with %s', (_, parameters) => {
  expect(rules.findingsIn(template, { parameters })).toEqual([]);
});

const CATALOG = 'arn:aws:glue:us-east-1:111122223333:catalog';
const ALLOWED = { Sid: 'Any', Effect: 'Allow', Action: ['glue:GetConnection'], Resource: [CATALOG] };
const join = (region: unknown, account: unknown) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':glue:', region, ':', account, ':connection/*']],
});

test.each<[string, string, object]>([
  ['all actions', 'WILDCARD-ACTION', { Action: '*' }],
  ['all actions of a service', 'WILDCARD-ACTION', { Action: ['glue:GetConnection', 'glue:*'] }],
  ['some actions of a service', 'WILDCARD-ACTION', { Action: ['glue:Get*'] }],
  ['all actions but some', 'WILDCARD-NEGATION', { Action: undefined, NotAction: ['iam:PassRole'] }],
  ['all resources', 'WILDCARD-RESOURCE', { Resource: '*' }],
  ['all resources, in a list', 'WILDCARD-RESOURCE', { Resource: [CATALOG, '*'] }],
  ['all resources, without a Sid', 'WILDCARD-RESOURCE', { Sid: undefined, Resource: '*' }],
  ['all accounts', 'WILDCARD-ARN', { Resource: 'arn:aws:glue:us-east-1:*:catalog' }],
  ['some accounts', 'WILDCARD-ARN', { Resource: ['arn:aws:glue:us-east-1:11112222333?:catalog'] }],
  ['all Regions', 'WILDCARD-ARN', { Resource: join('*', { Ref: 'AWS::AccountId' }) }],
  ['all partitions', 'WILDCARD-ARN', { Resource: ['arn:*:iam::111122223333:role/glue'] }],
  ['all services', 'WILDCARD-ARN', { Resource: ['arn:aws:*:us-east-1:111122223333:catalog'] }],
  ['all accounts, beside a parameter', 'WILDCARD-ARN', { Resource: [join({ Ref: 'Region' }, '*')] }],
])('a policy that allows %s is found', (_, rule, change) => {
  const statement = { ...ALLOWED, ...change };
  const document = (statements: unknown) => ({ Version: '2012-10-17', Statement: statements });
  const managed = (statements: unknown) => ({
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { PolicyDocument: document(statements) },
  });
  const Resources = {
    Good: managed([ALLOWED]),
    InList: managed([ALLOWED, statement]),
    Alone: managed(statement),
    Conditional: managed([{ 'Fn::If': ['Is', ALLOWED, statement] }]),
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { Policies: [{ PolicyName: 'Inline', PolicyDocument: document([statement]) }] },
    },
  };
  const findings = rules.findingsIn({
    Parameters: { Region: { Type: 'String' } },
    Conditions: { Is: { 'Fn::Equals': [{ Ref: 'Region' }, 'us-east-1'] } },
    Resources,
  });

  expect(findings.map(({ ruleId, entity }) => [ruleId, entity?.logicalId]).sort()).toEqual(
    ['Alone', 'Conditional', 'InList', 'Role'].map((logicalId) => [rule, logicalId]),
  );
});

test('each wildcard has its reason beside it, and each reason has a wildcard', () => {
  const withWildcards = statementsOf(template).filter(hasWildcard);

  expect(Object.keys(template.Resources.Policy.Metadata.Wildcards).sort()).toEqual(
    withWildcards.map(({ Sid }) => Sid).sort(),
  );
});

/** What a parameter brings in is not of the template. */
function hasWildcard({ Resource, Condition = {} }: Statement): boolean {
  return /[*?]/.test(JSON.stringify([Resource, Condition]));
}
