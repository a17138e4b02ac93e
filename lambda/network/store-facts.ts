import type { NetworkInterface } from '@aws-sdk/client-ec2';
import { isIP } from 'node:net';
import type { Ec2Reader } from './ec2-reader';
import { all } from './from-ec2';
import { isNameOfAws, isPrivateAddress, isPublicName, type Resolution } from './names';
import type { EndpointFacts, Listing, StoreFacts } from './rules/facts';
import type { StoreAddress } from './store-address';

/**
 * What is known of the data store in the VPC of the connection. The function sees its name from elsewhere: where the VPC
 * may see it in another way, the addresses are not known.
 */
export async function storeFacts(
  address: StoreAddress,
  resolution: Resolution | undefined,
  vpcId: string | undefined,
  ec2: Pick<Ec2Reader, 'networkInterfaces'>,
): Promise<StoreFacts> {
  const { host = '' } = address;
  if (resolution?.kind === 'UNKNOWN_NAME') {
    return { ...address, isNameUnknown: isPublicName(host) ? true : undefined };
  }
  const addresses = resolution?.kind === 'ADDRESSES' ? resolution.addresses : [];
  if (addresses.length === 0 || vpcId === undefined) {
    return address;
  }
  const isPrivate = addresses.every(isPrivateAddress);
  if (isPrivate || isIP(host) !== 0) {
    return { ...address, addresses, networkInterfaces: await interfacesAt(addresses, vpcId, ec2) };
  }
  if (!isNameOfAws(host)) {
    return { ...address, addresses };
  }
  const found = await ec2.networkInterfaces(vpcId, 'association.public-ip', addresses);
  const inside = addresses.map((one) => found?.flatMap((its) => privateAddressOf(its, one))[0]);
  return inside.every((one) => one !== undefined)
    ? { ...address, addresses: inside, networkInterfaces: interfaces(found ?? []) }
    : address;
}

/** Those with the addresses, where each has one. */
async function interfacesAt(
  addresses: readonly string[],
  vpcId: string,
  ec2: Pick<Ec2Reader, 'networkInterfaces'>,
): Promise<StoreFacts['networkInterfaces']> {
  // One filter finds addresses of one kind; an interface with both has its IPv4 address too.
  const ipv4 = addresses.filter((address) => isIP(address) === 4);
  const [filter, wanted] =
    ipv4.length > 0 ? ['addresses.private-ip-address', ipv4] : ['ipv6-addresses.ipv6-address', addresses];
  const found = (await ec2.networkInterfaces(vpcId, filter, wanted)) ?? [];
  const isEachFound = wanted.every((address) => found.some((its) => addressesOf(its).includes(address)));
  return isEachFound ? interfaces(found) : undefined;
}

function addressesOf({
  PrivateIpAddress,
  PrivateIpAddresses,
  Ipv6Addresses,
}: NetworkInterface): (string | undefined)[] {
  return [
    PrivateIpAddress,
    ...(PrivateIpAddresses ?? []).map((address) => address.PrivateIpAddress),
    ...(Ipv6Addresses ?? []).map(({ Ipv6Address }) => Ipv6Address),
  ];
}

function privateAddressOf({ Association, PrivateIpAddress, PrivateIpAddresses }: NetworkInterface, publicIp: string) {
  const all = [{ Association, PrivateIpAddress }, ...(PrivateIpAddresses ?? [])];
  return all
    .filter((address) => address.Association?.PublicIp === publicIp)
    .flatMap((address) => address.PrivateIpAddress ?? []);
}

function interfaces(found: readonly NetworkInterface[]): StoreFacts['networkInterfaces'] {
  return all(
    found.map(({ NetworkInterfaceId, Groups }) => ({
      id: NetworkInterfaceId ?? '',
      securityGroups: Groups && all(Groups.map(({ GroupId }) => ({ id: GroupId ?? '' }))),
    })),
  );
}

/** Endpoints for services of others may give any name of theirs another address. */
export function withoutDoubt(store: StoreFacts, endpoints: Listing<EndpointFacts> | undefined): StoreFacts {
  const isInside = store.networkInterfaces !== undefined || store.addresses?.every(isPrivateAddress) === true;
  const mayBeOthers =
    endpoints?.isComplete !== true || endpoints.items.some(({ service }) => service?.includes('.vpce.') === true);
  return isInside || isIP(store.host ?? '') !== 0 || !mayBeOthers ? store : { ...store, addresses: undefined };
}
