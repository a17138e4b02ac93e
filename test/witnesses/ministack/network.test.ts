import { MiniStackBed } from './bed';
import { DeployedNetwork, type NetworkIds } from './deployed-network';

jest.setTimeout(180_000);

const options = { app: 'test/witnesses/ministack/apps/network.ts' };
const NO_S3 = 'VPC S3 endpoint validation failed. Reason: Could not find S3 endpoint or NAT gateway';

let bed: MiniStackBed;
let ids: NetworkIds;
let network: DeployedNetwork;
/** What Glue says of the connection; nothing where it can connect. */
let refusal: string | undefined;

const testConnection = () => (refusal === undefined ? Promise.resolve() : Promise.reject(new Error(refusal)));
const deploy = (stack: string, host: string) =>
  bed.cli.deploy([stack, '--exclusively', ...given(`jdbc:postgresql://${host}:5432/orders`)], options);
const given = (jdbcUrl: string) => ['-c', `jdbcUrl=${jdbcUrl}`, '-c', 'password=example'];

beforeAll(async () => {
  // Each Describe has to be allowed by the policies that the app gives to the test's role.
  bed = await MiniStackBed.start({ authorizes: true, testConnection });
  await bed.cli.cdk(['bootstrap', ...given('')], options);
  const { output } = await deploy('Network', '10.0.0.4');
  expect(output).toContain('✅  Network');
  ids = (await bed.outputs('Network')) as unknown as NetworkIds;
  network = await DeployedNetwork.withStore(bed.clients.ec2, ids);
});
afterAll(() => bed.stop());

/** Deploys the connection, of which Glue says this. @returns what was found in its network, and what is in order */
async function fail(says: string, host = network.storeAddress): Promise<string[]> {
  refusal = says;
  const { exitCode } = await deploy('Data', host);

  expect(exitCode).toBe(1);
  expect(await bed.status('Data')).toBe('ROLLBACK_COMPLETE');
  const reason = await bed.failureReasons('Data');
  expect(reason).toContain(`Glue: ${says}`);
  return reason.split('\n').filter((line) => /^(Found|Checked, no problem found): /.test(line));
}

/** MiniStack's EC2 tells what its CloudFormation has deployed, with ids that it gave. */
describe('a failed test of a connection in a network of MiniStack', () => {
  test('names the group that has no rule for itself', async () => {
    expect(await fail('At least one security group must open all ingress ports.')).toEqual([
      `Found: Security group ${ids.GroupId} has no inbound rule for all TCP ports from itself.`,
    ]);
  });

  test('finds nothing in a healthy network, and says what is in order', async () => {
    await network.addSelfReference();

    expect(await fail('Connect timed out')).toEqual([
      'Checked, no problem found: the subnet, the Availability Zone, its free addresses, DNS in the VPC, the security ' +
        "groups, their VPC, the self-referencing rule, the groups' outbound rules, the data store's name, the data " +
        "store's inbound rules, the targets of its routes, the route to the data store, the way out, the route to S3, " +
        'the route to Secrets Manager.',
    ]);
  });

  test('names the network interface of the data store, and the group that closes it', async () => {
    await network.closeStore();
    const found = await fail('Connect timed out');
    await network.openStore();

    expect(found).toEqual([
      `Found: The data store (${network.storeInterfaceId}) is closed: ${network.storeGroupId} does not admit ` +
        `${ids.GroupId} on port 5432.`,
    ]);
  });

  test('names the route table that has no endpoint for S3', async () => {
    await network.deleteS3Endpoint();

    expect(await fail(NO_S3)).toEqual([
      `Found: Route table ${ids.RouteTableId} of subnet ${ids.SubnetId} has neither a gateway endpoint for S3 nor a ` +
        'NAT gateway.',
    ]);
  });

  test('names the NAT gateway that was deleted', async () => {
    const id = await network.routeToDeletedNatGateway();

    expect(await fail('Connect timed out', '203.0.113.10')).toEqual([
      `Found: NAT gateway ${id} has the state deleted, and the route to 203.0.113.10 and Amazon S3 goes through it.`,
    ]);
  });
});

test('where Glue can connect, the network is not judged', async () => {
  refusal = undefined;
  const { exitCode, output } = await deploy('Data', network.storeAddress);

  expect(exitCode).toBe(0);
  expect(output).toContain('Data.Outcome = PASSED');
});
