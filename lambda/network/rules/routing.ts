import { isIn, prefixLengthOf } from './addresses';
import type { NetworkFacts, RouteFacts, RouteTableFacts } from './facts';

/** Where a route table sends something. */
export type Way =
  | { readonly kind: 'NONE' }
  | {
      readonly kind: 'LOCAL' | 'INTERNET_GATEWAY' | 'NAT_GATEWAY' | 'BLACK_HOLE' | 'OTHER';
      readonly route: RouteFacts;
    };

/** The route that an address takes; undefined where that isn't certain. */
export function wayTo(address: string, table: RouteTableFacts | undefined): Way | undefined {
  if (table?.routes.isComplete !== true) {
    return undefined;
  }
  let best: RouteFacts | undefined;
  for (const route of table.routes.items) {
    if (route.target?.kind === 'GATEWAY_ENDPOINT') {
      // S3 and DynamoDB are no data stores of a connection.
      continue;
    }
    const matches = route.cidr === undefined ? undefined : isIn(address, route.cidr);
    if (matches === undefined) {
      return undefined;
    }
    if (matches && lengthOf(route) > lengthOf(best)) {
      best = route;
    }
  }
  return best === undefined ? { kind: 'NONE' } : wayOf(best);
}

/** The route that leads to the Internet; undefined where that isn't certain. */
export function wayOut(table: RouteTableFacts | undefined): Way | undefined {
  if (table === undefined) {
    return undefined;
  }
  const { items, isComplete } = table.routes;
  // A half of the Internet each, IPv6, or a prefix list: there may be a way.
  const outward = items.filter(
    ({ cidr, target }) =>
      target?.kind !== 'GATEWAY_ENDPOINT' &&
      target?.kind !== 'LOCAL' &&
      (cidr === undefined || !isOfPrivateNetwork(cidr)),
  );
  const byDefault = outward.find(({ cidr }) => cidr === '0.0.0.0/0');
  const way: Way | undefined = byDefault === undefined ? { kind: 'NONE' } : wayOf(byDefault);
  // The others go before it; those of IPv6 don't.
  const before = outward.filter(({ cidr }) => byDefault === undefined || cidr?.includes(':') !== true);
  return isComplete && before.every((route) => wayOf(route)?.kind === way?.kind) ? way : undefined;
}

/** Whether routes lead to other networks, where there may be endpoints for the services of AWS. */
export function mayReachOtherNetworks(table: RouteTableFacts): boolean {
  const { items, isComplete } = table.routes;
  return !isComplete || items.some(({ target, isBlackHole }) => isBlackHole !== true && isOther(target));
}

function isOther(target: RouteFacts['target']): boolean {
  return target === undefined || target.kind === 'OTHER';
}

function isOfPrivateNetwork(cidr: string): boolean {
  const [address = ''] = cidr.split('/');
  return PRIVATE_NETWORKS.some((network) => isIn(address, network) === true && lengthIn(cidr) >= lengthIn(network));
}

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const PRIVATE_NETWORKS = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '198.18.0.0/15'];

function wayOf(route: RouteFacts): Way | undefined {
  if (route.isBlackHole === true) {
    return { kind: 'BLACK_HOLE', route };
  }
  if (route.target === undefined || route.target.kind === 'GATEWAY_ENDPOINT') {
    return undefined;
  }
  return { kind: route.target.kind, route };
}

function lengthOf(route: RouteFacts | undefined): number {
  return route?.cidr === undefined ? -1 : lengthIn(route.cidr);
}

function lengthIn(cidr: string): number {
  return prefixLengthOf(cidr) ?? -1;
}

/** The state of the NAT gateway that a way goes through. */
export function natGatewayOf(way: Way | undefined, { natGateways }: NetworkFacts) {
  const id = way?.kind === 'NAT_GATEWAY' ? way.route.target?.id : undefined;
  return id === undefined ? undefined : natGateways?.find((gateway) => gateway.id === id);
}
