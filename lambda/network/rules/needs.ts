import { anyIn, type Certainty } from './certainty';
import type { EndpointFacts, NetworkFacts, StoreFacts } from './facts';
import { mayReachOtherNetworks, wayOut, wayTo, type Way } from './routing';

/** Something that the subnet's route table has to lead to, and where it leads, where that is known. */
export interface Need {
  readonly what: string;
  readonly way: Way | undefined;
}

/** All that the connection needs and has no endpoint for. */
export function needsOf(facts: NetworkFacts): readonly Need[] {
  return [storeNeed(facts), s3Need(facts), ...SERVICES.map((service) => serviceNeed(service, facts))].filter(
    (need) => need !== undefined,
  );
}

/** A service of AWS that Glue calls from the subnet, for some connections. */
export interface Service {
  /** As in the name of its endpoint. */
  readonly id: string;
  readonly name: string;
  readonly isUsed: (facts: NetworkFacts) => Certainty;
}

export const SECRETS_MANAGER: Service = {
  id: 'secretsmanager',
  name: 'Secrets Manager',
  isUsed: ({ connection }) => connection.uses?.secretsManager,
};
export const KMS: Service = { id: 'kms', name: 'KMS', isUsed: ({ connection }) => connection.uses?.kms };
export const STS: Service = { id: 'sts', name: 'STS', isUsed: ({ connection }) => connection.uses?.sts };
export const SERVICES = [SECRETS_MANAGER, KMS, STS];

export function storeNeed({ store, routeTable }: NetworkFacts): Need {
  const { addresses = [] } = store ?? {};
  return { what: nameOfStore(store), way: bestOf(addresses.map((one) => wayTo(one, routeTable))) };
}

/** With whose addresses these are: a private hosted zone of the VPC may have others for the same name. */
export function nameOfStore({ host, addresses = [] }: StoreFacts = {}): string {
  const known = addresses.join(', ');
  return host === undefined || host === known || known === ''
    ? (host ?? (known || 'the data store'))
    : `${host} (${known}, as the function sees it)`;
}

export function s3Need(facts: NetworkFacts): Need | undefined {
  const hasEndpoint = anyIn(facts.endpoints, (endpoint) => isS3Endpoint(endpoint, facts));
  return hasEndpoint === true
    ? undefined
    : { what: 'Amazon S3', way: hasEndpoint === undefined ? undefined : wayOut(facts.routeTable) };
}

export function serviceNeed(service: Service, facts: NetworkFacts): Need | undefined {
  const isUsed = service.isUsed(facts);
  const hasEndpoint = anyIn(facts.endpoints, (endpoint) => isInterfaceFor(service, endpoint));
  if (isUsed === false || hasEndpoint === true) {
    return undefined;
  }
  const isKnown = isUsed === true && hasEndpoint === false;
  return { what: service.name, way: isKnown ? wayToServices(facts) : undefined };
}

/** The way to the services of AWS; where other networks can be reached, their endpoints may be there. */
export function wayToServices({ routeTable }: NetworkFacts): Way | undefined {
  return routeTable === undefined || mayReachOtherNetworks(routeTable) ? undefined : wayOut(routeTable);
}

export function isInterfaceFor({ id }: Service, { kind, service }: EndpointFacts): Certainty {
  return service === undefined ? undefined : kind === 'INTERFACE' && service === id;
}

/** Whether an interface endpoint for S3 is enough for Glue is not documented. */
function isS3Endpoint({ kind, service, routeTableIds }: EndpointFacts, { routeTable }: NetworkFacts): Certainty {
  if (service === undefined || (service === 's3' && kind !== 'GATEWAY')) {
    return undefined;
  }
  return (
    service === 's3' && (routeTable === undefined ? undefined : anyIn(routeTableIds, (id) => id === routeTable.id))
  );
}

/** Of several addresses, that with the best way is enough. */
const BEST_FIRST = ['LOCAL', 'OTHER', 'NAT_GATEWAY', 'BLACK_HOLE', 'INTERNET_GATEWAY', 'NONE'] as const;

function bestOf(ways: readonly (Way | undefined)[]): Way | undefined {
  if (ways.includes(undefined)) {
    return undefined;
  }
  const rank = (way: Way | undefined) => (way === undefined ? Infinity : BEST_FIRST.indexOf(way.kind));
  return [...ways].sort((one, other) => rank(one) - rank(other))[0];
}

/** Whether a way leads nowhere: that Glue's network interfaces have no public address makes an internet gateway such a way. */
export function isDeadEnd(way: Way | undefined): Certainty {
  return way === undefined ? undefined : ['NONE', 'INTERNET_GATEWAY', 'BLACK_HOLE'].includes(way.kind);
}
