import type { CfnResource } from 'aws-cdk-lib';
import { isIP } from 'node:net';
import type { Listing, NetworkInterfaceFacts, StoreFacts } from '../../../lambda/network/rules/facts';
import { storeAddressOf } from '../../../lambda/network/store-address';
import { partsOf } from '../../cdk/text-parts';
import type { FactsReader } from './facts-reader';
import { groupsFacts } from './security-group-facts';
import { idsOf, isSameId, pathOf, type Id, type Ids } from '../ids';
import { pathOfGroups } from '../store-groups';

/** The properties of a connection that say where its data store is. */
const PROPERTIES = ['CONNECTION_URL', 'HOST', 'JDBC_CONNECTION_URL', 'KAFKA_BOOTSTRAP_SERVERS', 'PORT'];

/** The data store that a connection names. */
export interface Store {
  readonly host?: string;
  readonly port?: number;
  /** Where the host is an attribute of it. */
  readonly resource?: CfnResource;
}

/** What the connection's properties say; what is only known at deployment is a name of its own until then. */
export function storeOf(reader: FactsReader, properties: Readonly<Record<string, unknown>>): Store {
  const unknown: object[] = [];
  const write = (part: string | object) => {
    if (typeof part === 'string') {
      return part;
    }
    const number = reader.number({ resource: reader.connection, value: part });
    return number === undefined ? `${UNKNOWN}-${unknown.push(part) - 1}` : String(number);
  };
  const texts = PROPERTIES.filter((name) => properties[name] !== undefined).map((name) => [
    name,
    partsOf(properties[name]).map(write).join(''),
  ]);
  const { host, port } = storeAddressOf(Object.fromEntries(texts) as Record<string, string>);
  if (host?.includes(UNKNOWN) !== true) {
    return { host, port };
  }
  const part = unknown[Number(new RegExp(`^${UNKNOWN}-(\\d+)$`).exec(host)?.[1])];
  const meaning = part && reader.network.references.meaningOf(reader.connection, part);
  return { port, resource: meaning && 'resource' in meaning ? meaning.resource : undefined };
}

const UNKNOWN = 'known-at-deployment';

/** The groups of a store of the app; nothing where it may have others, or may be reached by an address of the Internet. */
export function groupsOfStoreItself(reader: FactsReader, { resource }: Store): Ids | undefined {
  const path = resource && pathOfGroups(resource.cfnResourceType);
  if (
    resource === undefined ||
    path === undefined ||
    !/^AWS::(DocDB|Neptune|RDS|Redshift)::/.test(resource.cfnResourceType)
  ) {
    return undefined;
  }
  const { network } = reader;
  const { [path]: value } = network.propertiesOf(resource);
  const isInside =
    resource.cfnResourceType !== 'AWS::Redshift::Cluster' ||
    reader.isOn(resource, 'PubliclyAccessible', false) === false;
  return value !== undefined && isInside ? idsOf(network.references, resource, value) : undefined;
}

export function storeFacts(
  reader: FactsReader,
  store: Store,
  groups: Ids | undefined,
  vpc: Id | undefined,
): StoreFacts {
  const { host, port, resource } = store;
  return {
    host,
    port,
    addresses: host !== undefined && isIP(host) !== 0 ? [host] : undefined,
    networkInterfaces:
      resource && groups && isInVpc(reader, groups, vpc) ? interfaces(reader, resource, groups) : undefined,
  };
}

/** From another VPC, traffic may come with other addresses. */
function isInVpc({ network }: FactsReader, { items }: Ids, vpc: Id | undefined): boolean {
  const vpcs = items.map((group) => (group.resource === undefined ? undefined : network.idAt(group.resource, 'VpcId')));
  return vpc !== undefined && vpcs.length > 0 && vpcs.every((own) => own !== undefined && isSameId(own, vpc) === true);
}

function interfaces(reader: FactsReader, store: CfnResource, groups: Ids): Listing<NetworkInterfaceFacts> {
  const facts = { id: pathOf(store), securityGroups: groupsFacts(reader, groups, undefined) };
  return { items: [facts], isComplete: true };
}
