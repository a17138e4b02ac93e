import { isEverything } from './addresses';
import { anyOf, type Certainty } from './certainty';
import type { NetworkFacts, Peer, SecurityGroupFacts } from './facts';
import { nameOfStore } from './needs';
import { allows, coversSubnet, isStore } from './permissions';
import { ALL_PORTS, single } from './ports';
import { judged, list, TEST_FAILED, VPC_SETUP, type Judgement, type Rule } from './rule';

/** Every port but 0, which nothing listens on. */
const ALL_TCP = { ...ALL_PORTS, from: 1 };

/** The security groups of the connection. */
export const SECURITY_GROUP_RULES: readonly Rule[] = [
  {
    name: 'SECURITY_GROUP_MISSING',
    link: VPC_SETUP,
    looksAt: 'the security groups',
    about: 'SETUP',
    judge: ({ securityGroups }) => {
      const missing = securityGroups?.items.find(({ isMissing }) => isMissing === true);
      if (missing === undefined) {
        return securityGroups?.isComplete === true ? 'IN_ORDER' : undefined;
      }
      const { id } = missing;
      return {
        resource: id,
        sentence: id.startsWith('sg-')
          ? `Security group ${id} does not exist in this account and Region.`
          : `'${id}' is not the id of a security group; use its id, not its name.`,
        nextStep: "Correct the connection's SecurityGroupIdList.",
      };
    },
  },
  {
    name: 'SECURITY_GROUP_OTHER_VPC',
    link: VPC_SETUP,
    looksAt: 'their VPC',
    about: 'SETUP',
    judge: ({ subnet: { id: subnetId = '', vpcId: vpcOfSubnet } = { id: '' }, securityGroups }) => {
      if (vpcOfSubnet === undefined || securityGroups === undefined) {
        return undefined;
      }
      const { items, isComplete } = securityGroups;
      const other = items.find(({ vpcId }) => vpcId !== undefined && vpcId !== vpcOfSubnet);
      if (other !== undefined) {
        return {
          resource: other.id,
          sentence: `Security group ${other.id} is in ${other.vpcId}, but subnet ${subnetId} is in ${vpcOfSubnet}.`,
          nextStep: `Give the connection security groups of ${vpcOfSubnet}, or associate ${other.id} with it.`,
        };
      }
      return isComplete && items.every(({ vpcId }) => vpcId !== undefined) ? 'IN_ORDER' : undefined;
    },
  },
  {
    name: 'SELF_REFERENCE_MISSING',
    link: VPC_SETUP,
    looksAt: 'the self-referencing rule',
    about: 'SETUP',
    judge: judgeSelfReference,
  },
  {
    name: 'EGRESS_CLOSED',
    link: TEST_FAILED,
    looksAt: "the groups' outbound rules",
    about: 'STORE',
    judge: (facts) => {
      const { securityGroups, store } = facts;
      const port = store?.port;
      const groups = knownGroups(facts);
      if (port === undefined || groups === undefined) {
        return undefined;
      }
      const isOpen = anyOf(
        groups.map(({ outbound }) => allows(outbound, single(port), (peer) => isStore(peer, facts))),
      );
      const ids = securityGroups?.items.map(({ id }) => id) ?? [];
      return judged(isOpen === undefined ? undefined : !isOpen, () => ({
        resource: ids[0] ?? '',
        sentence: `${namesOf(ids)} no outbound rule for port ${port} of ${nameOfStore(store)}.`,
        nextStep: `Add an outbound rule for all ports to ${ids[0]}, or for port ${port} at least.`,
      }));
    },
  },
];

/** Of a rule for all ports, Glue asks that one group at least has it; several rules may do the same together. */
function judgeSelfReference(facts: NetworkFacts): Judgement {
  const groups = knownGroups(facts);
  if (groups === undefined) {
    return undefined;
  }
  const ids = groups.map(({ id }) => id);
  const admits = anyOf(
    groups.map((group) => allows(group.inbound, ALL_TCP, (peer) => isSelf(peer, group, ids, facts))),
  );
  return judged(admits === undefined ? undefined : !admits, () => ({
    resource: ids[0] ?? '',
    sentence: `${namesOf(ids)} no inbound rule for all TCP ports from ${ids.length === 1 ? 'itself' : 'themselves'}.`,
    nextStep: `Add an inbound rule for all TCP ports to ${ids[0]}, with ${ids[0]} as its source.`,
  }));
}

/** Whether Glue takes another source than the group itself, or all addresses, is not documented. */
function isSelf(peer: Peer, { id }: SecurityGroupFacts, ids: readonly string[], { subnet }: NetworkFacts): Certainty {
  if ('securityGroupId' in peer) {
    return peer.securityGroupId === id ? true : ids.includes(peer.securityGroupId) ? undefined : false;
  }
  if (!('cidr' in peer) || isEverything(peer.cidr)) {
    return 'cidr' in peer ? true : undefined;
  }
  return coversSubnet(peer.cidr, subnet?.cidrs) === false ? false : undefined;
}

/** The groups that decide, where all are known and exist; a connection without any has its VPC's default group. */
function knownGroups({ securityGroups }: NetworkFacts): readonly SecurityGroupFacts[] | undefined {
  const { items = [], isComplete = false } = securityGroups ?? {};
  return isComplete && items.length > 0 && items.every(({ isMissing }) => isMissing !== true) ? items : undefined;
}

function namesOf(ids: readonly string[]): string {
  return ids.length === 1 ? `Security group ${ids[0]} has` : `Security groups ${list(ids)} have`;
}
