import { covers, isEverything, isIn } from './addresses';
import { anyIn, anyOf, type Certainty } from './certainty';
import type { Listing, NetworkFacts, Peer, PermissionFacts, PortRange, SecurityGroupFacts } from './facts';
import { holdPortsTogether, holdsPorts } from './ports';
import { list } from './rule';

/** Whether one of several security groups lets traffic in that comes from the connection's network interfaces. */
export function admitsConnection(
  groups: Listing<SecurityGroupFacts> | undefined,
  port: PortRange,
  facts: NetworkFacts,
): Certainty {
  if (groups?.isComplete === true && groups.items.length === 0) {
    return true;
  }
  return anyIn(groups, ({ inbound }) => allows(inbound, port, (peer) => isConnection(peer, facts)));
}

/** What to say of groups that don't let the connection in, and what to do. */
export function refusalOf(
  groups: Listing<SecurityGroupFacts> | undefined,
  port: number,
  { securityGroups }: NetworkFacts,
): { readonly says: string; readonly nextStep: string; readonly group: string | undefined } {
  const theirs = idsIn(groups);
  const ours = idsIn(securityGroups);
  const [group] = theirs;
  return {
    group,
    says: `${list(theirs)} ${theirs.length === 1 ? 'does' : 'do'} not admit ${list(ours) || 'the connection'} on port ${port}.`,
    nextStep: `Add an inbound rule for TCP port ${port} to ${group}, with ${ours[0] ?? "the connection's security group"} as its source.`,
  };
}

function idsIn(groups: Listing<SecurityGroupFacts> | undefined): string[] {
  return groups?.items.map(({ id }) => id) ?? [];
}

/**
 * Whether a list of permissions has one for all these ports and a peer that is meant. Several may do the same together:
 * whether that is enough isn't certain.
 */
export function allows(
  permissions: Listing<PermissionFacts> | undefined,
  ports: PortRange,
  isMeant: (peer: Peer) => Certainty,
): Certainty {
  if (permissions === undefined) {
    return undefined;
  }
  const possible = permissions.items
    .map(({ tcpPorts, peer }) => ({ tcpPorts, isPeer: peer === undefined ? undefined : isMeant(peer) }))
    .filter(({ isPeer }) => isPeer !== false);
  if (possible.some(({ tcpPorts, isPeer }) => isPeer === true && holdsPorts(tcpPorts, ports) === true)) {
    return true;
  }
  const mayHold = holdPortsTogether(
    possible.map(({ tcpPorts }) => tcpPorts),
    ports,
  );
  return mayHold || !permissions.isComplete ? undefined : false;
}

function isConnection(peer: Peer, { securityGroups, subnet }: NetworkFacts): Certainty {
  if ('securityGroupId' in peer) {
    return anyIn(securityGroups, ({ id }) => id === peer.securityGroupId);
  }
  return 'cidr' in peer ? coversSubnet(peer.cidr, subnet?.cidrs) : undefined;
}

/** Whether a range holds each address that a network interface in the subnet can have. */
export function coversSubnet(cidr: string, cidrs: readonly string[] | undefined): Certainty {
  if (cidrs !== undefined) {
    return covers(cidr, cidrs);
  }
  return isEverything(cidr) ? true : undefined;
}

/** Whether a peer is the data store. */
export function isStore(peer: Peer, { store }: NetworkFacts): Certainty {
  if ('securityGroupId' in peer) {
    return anyIn(store?.networkInterfaces, ({ securityGroups }) =>
      anyIn(securityGroups, ({ id }) => id === peer.securityGroupId),
    );
  }
  if (!('cidr' in peer)) {
    return undefined;
  }
  if (store?.addresses !== undefined) {
    return anyOf(store.addresses.map((address) => isIn(address, peer.cidr)));
  }
  return isEverything(peer.cidr) ? true : undefined;
}
