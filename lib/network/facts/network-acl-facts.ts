import type { CfnResource } from 'aws-cdk-lib';
import type { AclEntryFacts, NetworkAclFacts } from '../../../lambda/network/rules/facts';
import { isIntrinsic } from '../../cdk/resolvers';
import type { FactsReader } from './facts-reader';
import { portsOf } from './security-group-facts';
import type { Id } from '../ids';

/** Of a subnet that is associated with one; the default one of the VPC lets all through, unless somebody changes it. */
export function networkAclFacts(reader: FactsReader, subnet: Id): NetworkAclFacts | undefined {
  const { network } = reader;
  const association = reader.only(network.naming('AWS::EC2::SubnetNetworkAclAssociation', 'SubnetId', subnet));
  const acl = association && network.idAt(association, 'NetworkAclId');
  if (acl === undefined) {
    return undefined;
  }
  const entries = reader.listing(acl, network.naming('AWS::EC2::NetworkAclEntry', 'NetworkAclId', acl), (entry) =>
    entryFacts(reader, entry),
  );
  const items = entries.items.filter((entry) => entry !== undefined);
  return {
    id: acl.label,
    entries: { items, isComplete: entries.isComplete && items.length === entries.items.length },
  };
}

/** Of one whose order, direction or action isn't known, nothing is. */
function entryFacts(reader: FactsReader, resource: CfnResource): AclEntryFacts | undefined {
  const { CidrBlock, Ipv6CidrBlock, PortRange, Protocol, RuleAction, RuleNumber } =
    reader.network.propertiesOf(resource);
  const number = reader.number({ resource, value: RuleNumber });
  const action = ({ allow: 'ALLOW', deny: 'DENY' } as const)[String(RuleAction)];
  const isOutbound = reader.isOn(resource, 'Egress', false);
  const { From, To } = (PortRange ?? {}) as { From?: unknown; To?: unknown };
  return number === undefined || action === undefined || isOutbound === undefined || isIntrinsic(PortRange)
    ? undefined
    : {
        number,
        action,
        direction: isOutbound ? 'OUTBOUND' : 'INBOUND',
        cidr: reader.cidr({ resource, value: CidrBlock ?? Ipv6CidrBlock }),
        tcpPorts: portsOf(reader, resource, { IpProtocol: Protocol, FromPort: From, ToPort: To }),
      };
}
