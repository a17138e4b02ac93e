import { ENVIRONMENT } from '../../src/environment';
import { Roles } from '../../src/iam/roles';
import { stsOperations } from '../../src/services/sts';

const { accountId } = ENVIRONMENT;
const FUNCTION_ROLE = `arn:aws:iam::${accountId}:role/function`;
const TEST_ROLE = `arn:aws:iam::${accountId}:role/test`;

/** Whether a function without any permission may take on a role that trusts this. */
async function mayAssume(principal: object, { asks, given }: { asks?: string; given?: string } = {}): Promise<boolean> {
  const roles = new Roles(accountId);
  const caller = roles.session(roles.create('function'), 'function');
  const condition = asks === undefined ? {} : { Condition: { StringEquals: { 'sts:ExternalId': asks } } };
  roles.create('test').trustPolicy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal, ...condition }],
  };
  const input = { RoleArn: TEST_ROLE, RoleSessionName: 'Test', ...(given === undefined ? {} : { ExternalId: given }) };
  return stsOperations(roles, ENVIRONMENT).AssumeRole!(caller, input).then(
    () => true,
    (error: unknown) => {
      expect((error as Error).message).toContain('is not authorized to perform: sts:AssumeRole');
      return false;
    },
  );
}

// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
test('a role of the same account that a trust policy names needs no permission to assume the other', async () => {
  expect(await mayAssume({ AWS: FUNCTION_ROLE })).toBe(true);
});

test('one that is trusted with the whole account needs a permission', async () => {
  expect(await mayAssume({ AWS: `arn:aws:iam::${accountId}:root` })).toBe(false);
});

test.each([{ AWS: `arn:aws:iam::${accountId}:role/another` }, { Service: 'lambda.amazonaws.com' }])(
  'one that is not trusted is refused: %p',
  async (principal) => {
    expect(await mayAssume(principal)).toBe(false);
  },
);

// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
test.each([
  ['mine', true],
  ['yours', false],
  [undefined, false],
])('where the trust policy asks for an external id, %p is accepted: %p', async (given, accepted) => {
  expect(await mayAssume({ AWS: FUNCTION_ROLE }, { asks: 'mine', given })).toBe(accepted);
});
