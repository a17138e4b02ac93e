import type { CfnResource } from 'aws-cdk-lib';
import type { EndpointFacts, Listing } from '../../../lambda/network/rules/facts';
import { serviceOf, typeOfEndpoint, VPC_ENDPOINT } from '../endpoints';
import type { FactsReader } from './facts-reader';
import { groupsFacts } from './security-group-facts';
import { idsOf, isSameId, pathOf, type Id } from '../ids';

const KINDS: Readonly<Record<string, EndpointFacts['kind']>> = { Gateway: 'GATEWAY', Interface: 'INTERFACE' };

export function endpointsFacts(reader: FactsReader, vpc: Id, table: Id | undefined): Listing<EndpointFacts> {
  const all = reader.listing(vpc, reader.network.naming(VPC_ENDPOINT, 'VpcId', vpc), (endpoint) =>
    endpointFacts(reader, endpoint, vpc, table),
  );
  return {
    items: all.items.filter((facts) => facts !== undefined),
    isComplete: all.isComplete && !all.items.includes(undefined),
  };
}

/** Of one whose type isn't known, nothing is. */
function endpointFacts(
  reader: FactsReader,
  endpoint: CfnResource,
  vpc: Id,
  table: Id | undefined,
): EndpointFacts | undefined {
  const { network } = reader;
  const { RouteTableIds, SecurityGroupIds } = network.propertiesOf(endpoint);
  const type = typeOfEndpoint(network, endpoint);
  if (typeof type !== 'string') {
    return undefined;
  }
  const tables = idsOf(network.references, endpoint, RouteTableIds);
  const isTable = tables.items.map((one) => table && isSameId(one, table));
  return {
    id: pathOf(endpoint),
    kind: KINDS[type] ?? 'OTHER',
    service: serviceOf(network, endpoint),
    routeTableIds: {
      items: tables.items.map(({ label }) => label),
      isComplete: tables.isComplete && !isTable.includes(undefined),
    },
    hasPrivateDns: reader.isOn(endpoint, 'PrivateDnsEnabled'),
    // Without any, it has the default group of the VPC, whose rules are not known.
    securityGroups:
      SecurityGroupIds === undefined
        ? undefined
        : groupsFacts(reader, idsOf(network.references, endpoint, SecurityGroupIds), vpc),
  };
}
