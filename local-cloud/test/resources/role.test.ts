import { allow, IamBed, policy, policyOf, role } from './iam-bed';

const [GET, TEST] = ['glue:GetConnection', 'glue:TestConnection'];
const inline = (name: string, PolicyDocument: object) => ({ PolicyName: name, PolicyDocument });

let bed: IamBed;
beforeEach(() => {
  bed = new IamBed();
});

test('an update of a role keeps what policies have given it, and the sessions that it has', async () => {
  const resources = { Role: role({ Policies: [inline('own', allow(GET))] }), Policy: policy('given', allow(TEST)) };
  await bed.deploy(resources);
  const before = bed.roles.get('reader');

  const changed = { ...resources, Role: role({ Policies: [inline('own', allow(GET))], Description: 'changed' }) };
  expect((await bed.deploy(changed)).status).toBe('UPDATE_COMPLETE');
  expect(await bed.allowed('reader', GET, TEST)).toEqual([GET, TEST]);
  expect(bed.roles.get('reader')).toBe(before);
});

test('an update of a role takes away those of its own inline policies that are gone', async () => {
  await bed.deploy({ Role: role({ Policies: [inline('a', allow(GET)), inline('b', allow(TEST))] }) });
  await bed.deploy({ Role: role({ Policies: [inline('b', allow(TEST))] }) });
  expect(await bed.allowed('reader', GET, TEST)).toEqual([TEST]);
});

test('a role has an ARN with its path, and an id that is its own', async () => {
  const attribute = (name: string) => ({ Value: { 'Fn::GetAtt': ['Role', name] } });
  const deploy = (properties: object) =>
    bed.cloudFormation.deploy({
      stackName: 'Access',
      template: {
        Resources: { Role: role(properties) },
        Outputs: { Arn: attribute('Arn'), RoleId: attribute('RoleId'), Ref: { Value: { Ref: 'Role' } } },
      },
      capabilities: ['CAPABILITY_NAMED_IAM'],
    });
  const { outputs } = await deploy({ Path: '/team/' });
  expect(outputs).toEqual({
    ...{ Arn: 'arn:aws:iam::111122223333:role/team/reader', Ref: 'reader' },
    RoleId: expect.stringMatching(/^AROA[0-9A-Z]{17}$/) as string,
  });
  expect((await deploy({ Path: '/team/', Description: 'changed' })).outputs).toEqual(outputs);
});

test('fails when its name is taken, in whatever case', async () => {
  await bed.deploy({ Role: role({ Policies: [inline('own', allow(GET))] }) });
  expect((await bed.deploy({ Role: role({}, 'READER') }, 'Second')).status).toBe('ROLLBACK_COMPLETE');
  expect(bed.failures).toEqual([
    'Role CREATE_FAILED: Role with name READER already exists. (Service: Iam, Status Code: 409)',
  ]);
  expect(await bed.allowed('reader', GET)).toEqual([GET]);
});

test('fails when its path changes and its name does not, which is taken by then', async () => {
  await bed.deploy({ Role: role() });
  expect((await bed.deploy({ Role: role({ Path: '/team/' }) })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(bed.failures).toEqual([
    'Role UPDATE_FAILED: Role with name reader already exists. (Service: Iam, Status Code: 409)',
  ]);
});

test('a policy goes with its resource, and moves with its Roles', async () => {
  const roles = { Role: role(), Other: role({}, 'other') };
  await bed.deploy({ ...roles, Policy: policy('given', allow(GET)) });
  await bed.deploy({ ...roles, Policy: policy('given', allow(GET), { Roles: [{ Ref: 'Other' }] }) });
  expect(await bed.allowed('reader', GET)).toEqual([]);
  expect(await bed.allowed('other', GET)).toEqual([GET]);
  await bed.deploy(roles);
  expect(await bed.allowed('other', GET)).toEqual([]);
});

test('inline policies of a role take 10,240 characters together, white space aside', async () => {
  const own = { Policies: [inline('own', policyOf(6000))] };
  const { status } = await bed.deploy({ Role: role(own), Policy: policy('given', policyOf(4240)) });
  expect({ status, failures: bed.failures }).toEqual({ status: 'CREATE_COMPLETE', failures: [] });
});

test('fails when inline policies of a role take more, wherever they come from', async () => {
  const own = { Policies: [inline('own', policyOf(6000))] };
  const { status } = await bed.deploy({ Role: role(own), Policy: policy('given', policyOf(4241)) });
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(bed.failures).toEqual([
    'Policy CREATE_FAILED: Maximum policy size of 10240 bytes exceeded for role reader (Service: Iam, Status Code: 409)',
  ]);
});

test('fails when a role brings more with it, and leaves no role', async () => {
  await bed.deploy({ Role: role({ Policies: [inline('a', policyOf(6000)), inline('b', policyOf(4241))] }) });
  expect(bed.failures).toEqual([
    'Role CREATE_FAILED: Maximum policy size of 10240 bytes exceeded for role reader (Service: Iam, Status Code: 409)',
  ]);
  expect(bed.roles.get('reader')).toBeUndefined();
});

test('a larger policy of the same name counts instead of the one that was there', async () => {
  await bed.deploy({ Role: role(), Policy: policy('given', policyOf(6000)) });
  expect((await bed.deploy({ Role: role(), Policy: policy('given', policyOf(10_240)) })).status).toBe(
    'UPDATE_COMPLETE',
  );
});

test('fails when a policy grows too large: the one that was there goes on being in force', async () => {
  await bed.deploy({ Role: role(), Policy: policy('given', allow(GET)) });
  const { status } = await bed.deploy({ Role: role(), Policy: policy('given', policyOf(10_241)) });
  expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await bed.allowed('reader', GET)).toEqual([GET]);
});

test('fails when a policy is for a role that does not exist', async () => {
  await bed.deploy({ Policy: policy('given', allow(GET), { Roles: ['nobody'] }) });
  expect(bed.failures).toEqual([
    'Policy CREATE_FAILED: The role with name nobody cannot be found. (Service: Iam, Status Code: 404)',
  ]);
});
