import type { CfnResource } from 'aws-cdk-lib';
import type { Listing, Peer, PermissionFacts, SecurityGroupFacts, TcpPorts } from '../../../lambda/network/rules/facts';
import { tcpPortsOf } from '../../../lambda/network/rules/ports';
import type { FactsReader } from './facts-reader';
import { isSameId, type Id, type Ids } from '../ids';

type Rule = Readonly<Record<string, unknown>>;

/** @param vpc the VPC that theirs is compared with */
export function groupsFacts(reader: FactsReader, groups: Ids, vpc: Id | undefined): Listing<SecurityGroupFacts> {
  return {
    items: groups.items.map((group) => groupFacts(reader, group, vpc)),
    isComplete: groups.isComplete,
  };
}

function groupFacts(reader: FactsReader, group: Id, vpc: Id | undefined): SecurityGroupFacts {
  return {
    id: group.label,
    isMissing: group.kind === 'LITERAL' && !group.key.startsWith('sg-') ? true : undefined,
    vpcId: vpcOf(reader, group, vpc),
    inbound: permissions(reader, group, 'SecurityGroupIngress'),
    outbound: permissions(reader, group, 'SecurityGroupEgress'),
  };
}

/** Where it is certain whether it is the other. A group may be associated with more VPCs than its own. */
function vpcOf({ network }: FactsReader, group: Id, vpc: Id | undefined): string | undefined {
  const { resource } = group;
  const own = resource === undefined ? undefined : network.idAt(resource, 'VpcId');
  const isSame = own === undefined || vpc === undefined ? undefined : isSameId(own, vpc);
  const others = network.naming('AWS::EC2::SecurityGroupVpcAssociation', 'GroupId', group);
  const isAlone = Object.values(others).flat().length === 0;
  return isSame === true || (isSame === false && isAlone) ? own?.label : undefined;
}

/** The rules inside of a group and those of their own; the property of the first has the name of the type of the others. */
function permissions(
  reader: FactsReader,
  group: Id,
  name: 'SecurityGroupIngress' | 'SecurityGroupEgress',
): Listing<PermissionFacts> {
  const { network } = reader;
  const separate = reader.listing(group, network.naming(`AWS::EC2::${name}`, 'GroupId', group), (rule) =>
    permission(reader, rule, network.propertiesOf(rule)),
  );
  const { resource } = group;
  if (resource?.cfnResourceType !== 'AWS::EC2::SecurityGroup') {
    return { ...separate, isComplete: false };
  }
  const inside = network.propertiesOf(resource)[name];
  const isEgress = name === 'SecurityGroupEgress';
  if (inside === undefined && isEgress) {
    // EC2 opens a new group. Whether rules of their own close it again is not documented.
    const isOpen = separate.items.length === 0;
    return { items: [...separate.items, ...OPEN], isComplete: separate.isComplete && isOpen };
  }
  if (inside !== undefined && (!Array.isArray(inside) || (isEgress && inside.length === 0))) {
    return { ...separate, isComplete: false };
  }
  const rules = ((inside ?? []) as Rule[]).map((rule) => permission(reader, resource, rule));
  return { ...separate, items: [...rules, ...separate.items] };
}

const OPEN: readonly PermissionFacts[] = ['0.0.0.0/0', '::/0'].map((cidr) => ({
  tcpPorts: tcpPortsOf('-1'),
  peer: { cidr },
}));

function permission(reader: FactsReader, resource: CfnResource, rule: Rule): PermissionFacts {
  return { tcpPorts: portsOf(reader, resource, rule), peer: peerOf(reader, resource, rule) };
}

/** Of a rule of a group, or of an entry of a network ACL. */
export function portsOf(
  reader: FactsReader,
  resource: CfnResource,
  { IpProtocol, FromPort, ToPort }: Rule,
): TcpPorts | undefined {
  const protocol = typeof IpProtocol === 'number' ? String(IpProtocol) : reader.text({ resource, value: IpProtocol });
  const [from, to] = [FromPort, ToPort].map((value) => reader.number({ resource, value }));
  const isKnown = (FromPort === undefined || from !== undefined) && (ToPort === undefined || to !== undefined);
  return isKnown || tcpPortsOf(protocol) === 'NONE' ? tcpPortsOf(protocol, from, to) : undefined;
}

function peerOf(reader: FactsReader, resource: CfnResource, rule: Rule): Peer | undefined {
  const range = rule.CidrIp ?? rule.CidrIpv6;
  if (range !== undefined) {
    const cidr = reader.cidr({ resource, value: range });
    return cidr === undefined ? undefined : { cidr };
  }
  const group = rule.SourceSecurityGroupId ?? rule.DestinationSecurityGroupId;
  if (group !== undefined) {
    const securityGroupId = reader.nameOfGroup({ resource, value: group });
    return securityGroupId === undefined ? undefined : { securityGroupId };
  }
  const prefixListId = reader.id({ resource, value: rule.SourcePrefixListId ?? rule.DestinationPrefixListId })?.label;
  return prefixListId === undefined ? undefined : { prefixListId };
}
