import { ACCOUNT, allow, IamBed, managedPolicy, policyOf, role } from './iam-bed';

const [GET, TEST] = ['glue:GetConnection', 'glue:TestConnection'];
const attached = { Roles: [{ Ref: 'Role' }] };
const twelve = Array.from({ length: 12 }, (_, index) => index);

let bed: IamBed;
beforeEach(() => {
  bed = new IamBed();
});

test('a managed policy has its ARN for an id, with path and name', async () => {
  const { outputs } = await bed.cloudFormation.deploy({
    stackName: 'Access',
    capabilities: ['CAPABILITY_NAMED_IAM'],
    template: {
      Resources: {
        Named: managedPolicy(allow(GET), { ManagedPolicyName: 'glue', Path: '/team/' }),
        Unnamed: managedPolicy(allow(GET)),
      },
      Outputs: {
        Named: { Value: { Ref: 'Named' } },
        PolicyArn: { Value: { 'Fn::GetAtt': ['Named', 'PolicyArn'] } },
        Unnamed: { Value: { Ref: 'Unnamed' } },
      },
    },
  });
  expect(outputs.Named).toBe(`arn:aws:iam::${ACCOUNT}:policy/team/glue`);
  expect(outputs.PolicyArn).toBe(outputs.Named);
  expect(outputs.Unnamed).toMatch(/^arn:aws:iam::111122223333:policy\/Access-Unnamed-[A-Z0-9]{12}$/);
});

test('its Roles have its permissions, as they are when a call is made', async () => {
  await bed.deploy({ Role: role(), Policy: managedPolicy(allow(GET), attached) });
  expect(await bed.allowed('reader', GET, TEST)).toEqual([GET]);
  await bed.deploy({ Role: role(), Policy: managedPolicy(allow(TEST), attached) });
  expect(await bed.allowed('reader', GET, TEST)).toEqual([TEST]);
  await bed.deploy({ Role: role(), Policy: managedPolicy(allow(TEST)) });
  expect(await bed.allowed('reader', GET, TEST)).toEqual([]);
});

test('it is detached before it is deleted', async () => {
  await bed.deploy({ Role: role(), Policy: managedPolicy(allow(GET), attached) });
  expect((await bed.deploy({ Role: role() })).status).toBe('UPDATE_COMPLETE');
  expect(await bed.allowed('reader', GET)).toEqual([]);
});

test('a role has the policies of its ManagedPolicyArns; most of AWS are on record and allow nothing', async () => {
  const Policy = managedPolicy(allow(GET));
  const ofAws = 'arn:aws:iam::aws:policy/AWSGlueConsoleFullAccess';
  await bed.deploy({ Role: role({ ManagedPolicyArns: [{ Ref: 'Policy' }, ofAws] }), Policy });
  expect(await bed.allowed('reader', GET, TEST)).toEqual([GET]);
  expect(bed.roles.get('reader')?.isAttached(ofAws)).toBe(true);
  await bed.deploy({ Role: role({ ManagedPolicyArns: [] }), Policy });
  expect(await bed.allowed('reader', GET)).toEqual([]);
});

test('AWSLambdaBasicExecutionRole lets a function write its log', async () => {
  const ofAws = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
  await bed.deploy({ Role: role({ ManagedPolicyArns: [ofAws] }) });
  const actions = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
  expect(await bed.allowed('reader', ...actions, GET)).toEqual(actions);
});

test('an update of a role keeps managed policies that others have attached', async () => {
  const Policy = managedPolicy(allow(GET), attached);
  await bed.deploy({ Role: role(), Policy });
  await bed.deploy({ Role: role({ Description: 'changed' }), Policy });
  expect(await bed.allowed('reader', GET)).toEqual([GET]);
});

test('another name, path or description makes another policy', async () => {
  const outputs = async (properties: object) => {
    const Resources = { Role: role(), Policy: managedPolicy(allow(GET), { ...attached, ...properties }) };
    const Outputs = { Arn: { Value: { Ref: 'Policy' } } };
    const input = { stackName: 'Access', template: { Resources, Outputs } };
    return (await bed.cloudFormation.deploy({ ...input, capabilities: ['CAPABILITY_NAMED_IAM'] })).outputs.Arn;
  };
  const first = await outputs({});
  expect(await outputs({ Description: 'changed' })).not.toBe(first);
  expect(await outputs({ ManagedPolicyName: 'named' })).toMatch(/policy\/named$/);
  expect(await bed.allowed('reader', GET)).toEqual([GET]);
});

test('fails when its name is taken', async () => {
  const named = managedPolicy(allow(GET), { ManagedPolicyName: 'taken' });
  await bed.deploy({ Policy: named });
  await bed.deploy({ Policy: named }, 'Second');
  expect(bed.failures).toEqual([
    'Policy CREATE_FAILED: A policy called taken already exists. Duplicate names are not allowed. (Service: Iam, Status Code: 409)',
  ]);
});

test('fails when it is larger than 6,144 characters, white space aside', async () => {
  expect((await bed.deploy({ Policy: managedPolicy(policyOf(6144)) })).status).toBe('CREATE_COMPLETE');
  expect((await bed.deploy({ Policy: managedPolicy(policyOf(6145)) })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await bed.deploy({ Policy: managedPolicy(policyOf(6145)) }, 'Second')).status).toBe('ROLLBACK_COMPLETE');
  const reason = 'Cannot exceed quota for PolicySize: 6144 (Service: Iam, Status Code: 409)';
  expect(bed.failures).toEqual([`Policy UPDATE_FAILED: ${reason}`, `Policy CREATE_FAILED: ${reason}`]);
});

test('fails when a role gets an eleventh one, wherever they come from', async () => {
  const given = Object.fromEntries(
    twelve.slice(0, 9).map((index) => [`Policy${index}`, managedPolicy(allow(GET), attached)]),
  );
  const two = (arns: string[]) => ({ ...given, Role: role({ ManagedPolicyArns: arns }) });
  const ofAws = 'arn:aws:iam::aws:policy/';
  expect((await bed.deploy(two([`${ofAws}A`]))).status).toBe('CREATE_COMPLETE');
  expect((await bed.deploy(two([`${ofAws}A`, `${ofAws}B`]))).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.failures).toEqual([
    'Role UPDATE_FAILED: Cannot exceed quota for PoliciesPerRole: 10 (Service: Iam, Status Code: 409)',
  ]);
});

test('fails when it cannot be attached: it does not stay', async () => {
  const ManagedPolicyArns = twelve.slice(0, 10).map((index) => `arn:aws:iam::aws:policy/P${index}`);
  const Policy = managedPolicy(allow(GET), { ...attached, ManagedPolicyName: 'eleventh' });
  await bed.deploy({ Role: role({ ManagedPolicyArns }), Policy });
  expect(bed.failures).toEqual([
    'Policy CREATE_FAILED: Cannot exceed quota for PoliciesPerRole: 10 (Service: Iam, Status Code: 409)',
  ]);
  expect(() => bed.managedPolicies.get(`arn:aws:iam::${ACCOUNT}:policy/eleventh`)).toThrow('does not exist');
});

test('fails when ManagedPolicyArns name a policy that does not exist', async () => {
  const arn = `arn:aws:iam::${ACCOUNT}:policy/nothing`;
  await bed.deploy({ Role: role({ ManagedPolicyArns: [arn] }) });
  expect(bed.failures).toEqual([
    `Role CREATE_FAILED: Policy ${arn} does not exist or is not attachable. (Service: Iam, Status Code: 404)`,
  ]);
});

test('fails when it is deleted while a role has it that its stack does not know', async () => {
  await bed.deploy({ Policy: managedPolicy(allow(GET), { ManagedPolicyName: 'shared' }) });
  const arn = `arn:aws:iam::${ACCOUNT}:policy/shared`;
  await bed.deploy({ Role: role({ ManagedPolicyArns: [arn] }) }, 'Second');
  expect((await bed.cloudFormation.deleteStack('Access'))?.status).toBe('DELETE_FAILED');
  expect(bed.failures).toContain(
    'Policy DELETE_FAILED: Cannot delete a policy attached to entities. (Service: Iam, Status Code: 409)',
  );
});
