import { Annotations as Notes, type Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ConnectionTarget, ConnectionTest, ConnectionTestProvider } from '../../../lib/index';
import { createStack, resourcesOf, type Statement } from '../harness';

const ROLE_ARN = 'arn:aws:iam::111122223333:role/own';
const OTHER_ACCOUNT = 'arn:aws:iam::444455556666:role/own';

/** A stack with two tests whose provider has the given role; without one, the role of its own. */
function createTests(createRole: (stack: Stack) => iam.IRole | undefined): Stack {
  const stack = createStack({ env: { account: '111122223333', region: 'eu-west-1' } });
  const logGroup = logs.LogGroup.fromLogGroupName(stack, 'Log', 'log');
  const provider = new ConnectionTestProvider(stack, 'Provider', { role: createRole(stack), logGroup });
  const secret = new secretsmanager.Secret(stack, 'Secret');
  for (const name of ['orders', 'customers']) {
    const target = ConnectionTarget.fromName(name, { inVpc: true });
    new ConnectionTest(stack, name, { target, provider, secret });
  }
  return stack;
}

/** Resources of policies, by the roles that they are attached to. */
function policiesOf(stack: Stack) {
  return [...['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']].flatMap((type) =>
    Object.values(resourcesOf(stack, type)),
  );
}

function warningsOf(stack: Stack): { readonly path: string; readonly statements: Statement[] }[] {
  return Annotations.fromStack(stack)
    .findWarning('*', Match.stringLikeRegexp('roleNotChanged'))
    .map(({ id, entry }) => {
      const [json = ''] = /\[\{.*\}\]/.exec(entry.data as string) ?? [];
      return { path: id, statements: JSON.parse(json) as Statement[] };
    });
}

test.each<[string, (stack: Stack) => iam.IRole, unknown]>([
  [
    'of the app',
    (stack) => new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }),
    { Ref: expect.stringMatching(/^Role/) as string },
  ],
  ['that is imported by its ARN', (stack) => iam.Role.fromRoleArn(stack, 'Role', ROLE_ARN), 'own'],
  ['that is imported by its name', (stack) => iam.Role.fromRoleName(stack, 'Role', 'own'), 'own'],
])('a role %s gets the policies', (_, createRole, reference) => {
  const stack = createTests(createRole);

  expect(policiesOf(stack).map(({ Properties }) => Properties.Roles)).toEqual([[reference], [reference], [reference]]);
  expect(warningsOf(stack)).toEqual([]);
});

describe.each<[string, (stack: Stack) => iam.IRole]>([
  ['imported as immutable', (stack) => iam.Role.fromRoleArn(stack, 'Role', ROLE_ARN, { mutable: false })],
  ['imported from another account', (stack) => iam.Role.fromRoleArn(stack, 'Role', OTHER_ACCOUNT)],
  [
    'closed by withoutPolicyUpdates',
    (stack) => {
      const assumedBy = new iam.ServicePrincipal('lambda.amazonaws.com');
      return new iam.Role(stack, 'Role', { assumedBy }).withoutPolicyUpdates();
    },
  ],
])('a role that is %s', (_, createRole) => {
  test('stays as it is, and a warning for the function and for each test prints what it has to allow', () => {
    const stack = createTests(createRole);

    expect(policiesOf(stack)).toEqual([]);
    const warnings = warningsOf(stack);
    expect(warnings.map(({ path }) => path).sort()).toEqual(['/Stack/Provider', '/Stack/customers', '/Stack/orders']);
    expect(allowedBy(warnings.flatMap(({ statements }) => statements))).toEqual(allowedByOwnRole());
  });

  test('is no matter for a warning once that is acknowledged', () => {
    const stack = createTests(createRole);
    Notes.of(stack).acknowledgeWarning('cdk-glue-connection-test:roleNotChanged', 'the platform team has added them');

    expect(warningsOf(stack)).toEqual([]);
  });
});

/** What a role of the provider's own would allow. */
function allowedByOwnRole(): string[] {
  const stack = createTests(() => undefined);
  const inline = Object.values(resourcesOf(stack, 'AWS::IAM::Role')).flatMap(
    ({ Properties }) => (Properties.Policies ?? []) as { PolicyDocument: unknown }[],
  );
  const documents = [
    ...policiesOf(stack).map(({ Properties }) => Properties.PolicyDocument),
    ...inline.map(({ PolicyDocument }) => PolicyDocument),
  ];
  return allowedBy(documents.flatMap((document) => (document as { Statement: Statement[] }).Statement));
}

/** Each action on each resource, however they are put into statements. */
function allowedBy(statements: readonly Statement[]): string[] {
  const pairs = statements.flatMap(({ Action, Resource, Condition }) =>
    [Action]
      .flat()
      .flatMap((action) => [Resource].flat().map((resource) => JSON.stringify({ action, resource, Condition }))),
  );
  return [...new Set(pairs)].sort();
}
