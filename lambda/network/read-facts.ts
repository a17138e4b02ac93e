import type { EC2Client, SecurityGroup } from '@aws-sdk/client-ec2';
import type { Connection } from '@aws-sdk/client-glue';
import type { Clock } from '../base/clock';
import { withDeadline } from '../base/deadline';
import { Ec2Reader } from './ec2-reader';
import { all, securityGroupFacts, subnetFacts } from './from-ec2';
import { resolve } from './names';
import type {
  ConnectionFacts,
  EndpointFacts,
  Listing,
  NetworkFacts,
  SecurityGroupFacts,
  StoreFacts,
} from './rules/facts';
import { SERVICES } from './rules/needs';
import { storeAddressOf } from './store-address';
import { storeFacts, withoutDoubt } from './store-facts';

/** Of the time that there is, what each of the three steps may take: what doesn't answer costs no more. */
const SHARE_OF_STEP = 0.3;

/**
 * Reads the network of a connection: at most ten calls, all of them Describe, those side by side that don't need each
 * other's answers. Whatever is denied, throttled, slow or no answer at all leaves its facts unknown. Never throws.
 */
export async function readFacts(
  connection: Connection,
  client: Pick<EC2Client, 'send'>,
  milliseconds: number,
  clock: Clock,
  region: string | undefined,
): Promise<NetworkFacts> {
  const within = <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> =>
    withDeadline(milliseconds * SHARE_OF_STEP, clock, ({ signal }) => work(signal)).catch(() => undefined);
  const ec2 = new Ec2Reader(client, within);
  const { SubnetId: subnetId = '', SecurityGroupIdList: groupIds = [] } =
    connection.PhysicalConnectionRequirements ?? {};
  const { host, port } = storeAddressOf(connection.ConnectionProperties ?? {});

  const [subnets, groups, networkAcl, resolution] = await Promise.all([
    ec2.subnets(subnetId),
    ec2.securityGroups(groupIds),
    ec2.networkAcl(subnetId),
    host === undefined ? undefined : within((signal) => resolve(host, signal)),
  ]);
  const [subnet] = subnets ?? [];
  const facts: NetworkFacts = {
    connection: connectionFacts(connection),
    subnet: subnets && subnetFacts(subnetId, subnet),
    // Without any, it has the default group of the VPC, whose rules are not known.
    securityGroups: groupIds.length === 0 ? undefined : groups && all(groupIds.map((id) => groupFacts(id, groups))),
    networkAcl,
  };
  const vpcId = subnet?.VpcId;
  if (vpcId === undefined) {
    return { ...facts, store: await storeFacts({ host, port }, resolution, undefined, ec2) };
  }

  const [routeTable, found, natGateways, hasDnsSupport, hasDnsHostnames, store] = await Promise.all([
    ec2.routeTable(subnetId, vpcId),
    ec2.endpoints(vpcId, region),
    ec2.natGateways(vpcId),
    ec2.vpcAttribute(vpcId, 'enableDnsSupport'),
    ec2.vpcAttribute(vpcId, 'enableDnsHostnames'),
    storeFacts({ host, port }, resolution, vpcId, ec2),
  ]);
  // Whoever a subnet is shared with doesn't see all that its owner has in the VPC.
  const isOwn = groups?.some(({ OwnerId }) => OwnerId === subnet?.OwnerId) ?? false;
  const endpoints = found && { ...found, isComplete: found.isComplete && isOwn };

  const theirs = await ec2.securityGroups(groupsToRead(endpoints, store, facts.connection));
  return {
    ...facts,
    vpc: { id: vpcId, hasDnsSupport, hasDnsHostnames },
    routeTable,
    natGateways,
    endpoints: withRules(endpoints, theirs),
    store: {
      ...withoutDoubt(store, endpoints),
      networkInterfaces: withRules(store.networkInterfaces, theirs),
    },
  };
}

function connectionFacts(connection: Connection): ConnectionFacts {
  const { ConnectionProperties, AuthenticationConfiguration, PhysicalConnectionRequirements } = connection;
  const properties: Record<string, string | undefined> = ConnectionProperties ?? {};
  const { AvailabilityZone = '' } = PhysicalConnectionRequirements ?? {};
  return {
    availabilityZone: AvailabilityZone === '' ? undefined : AvailabilityZone,
    uses: {
      secretsManager: properties.SECRET_ID !== undefined || AuthenticationConfiguration?.SecretArn !== undefined,
      kms: AuthenticationConfiguration?.KmsKeyArn !== undefined,
      sts: properties.ROLE_ARN !== undefined,
    },
  };
}

function groupFacts(id: string, groups: readonly SecurityGroup[]): SecurityGroupFacts {
  const group = groups.find(({ GroupId }) => GroupId === id);
  return group === undefined ? { id, isMissing: true } : securityGroupFacts(group);
}

/** The security groups of the endpoints and the data store that the connection has to reach. */
function groupsToRead(
  endpoints: Listing<EndpointFacts> | undefined,
  store: StoreFacts,
  connection: ConnectionFacts,
): string[] {
  const used = SERVICES.filter((service) => service.isUsed({ connection }) === true).map(({ id }) => id);
  const reached = [
    ...(endpoints?.items.filter(({ service = '' }) => used.includes(service)) ?? []),
    ...(store.networkInterfaces?.items ?? []),
  ];
  return [...new Set(reached.flatMap(({ securityGroups }) => securityGroups?.items.map(({ id }) => id) ?? []))];
}

/** The same, with the rules of the groups that have been read. */
function withRules<T extends { readonly securityGroups?: Listing<SecurityGroupFacts> }>(
  listing: Listing<T> | undefined,
  groups: readonly SecurityGroup[] | undefined,
): Listing<T> | undefined {
  const ruled = (group: SecurityGroupFacts) => {
    const read = groups?.find(({ GroupId }) => GroupId === group.id);
    return read === undefined ? group : securityGroupFacts(read);
  };
  return (
    listing && {
      ...listing,
      items: listing.items.map((item) => ({
        ...item,
        securityGroups: item.securityGroups && { ...item.securityGroups, items: item.securityGroups.items.map(ruled) },
      })),
    }
  );
}
