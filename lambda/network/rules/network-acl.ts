import { isIn } from './addresses';
import { allOf, type Certainty } from './certainty';
import type { AclEntryFacts, NetworkAclFacts, NetworkFacts, PortRange } from './facts';
import { holdsPorts, single } from './ports';
import { nameOfStore } from './needs';
import { judged, VPC_GUIDE, type Judgement, type Rule } from './rule';

/**
 * The ports that Linux takes for connections of its own.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
const EPHEMERAL_PORTS: PortRange = { from: 32_768, to: 60_999 };

export const NETWORK_ACL_RULES: readonly Rule[] = [
  {
    name: 'NETWORK_ACL_DENIES',
    link: `${VPC_GUIDE}/vpc-network-acls.html`,
    looksAt: 'the network ACL',
    about: 'STORE',
    judge: judgeAcl,
  },
];

function judgeAcl({ networkAcl, subnet, store }: NetworkFacts): Judgement {
  const { addresses, port } = store ?? {};
  const cidrs = subnet?.cidrs;
  if (networkAcl === undefined || cidrs === undefined || addresses === undefined || port === undefined) {
    return undefined;
  }
  if (addresses.length === 0 || addresses.some((address) => cidrs.some((cidr) => isIn(address, cidr) !== false))) {
    // What stays inside the subnet meets no ACL.
    return undefined;
  }
  const isDenied = (direction: AclEntryFacts['direction'], ports: PortRange) =>
    allOf(addresses.map((address) => denies(networkAcl, direction, address, ports)));
  const out = isDenied('OUTBOUND', single(port));
  const back = isDenied('INBOUND', EPHEMERAL_PORTS);
  const { id } = networkAcl;
  const ranges = `the ports ${EPHEMERAL_PORTS.from} to ${EPHEMERAL_PORTS.to}`;
  const isWrong = out === true || back === true ? true : out === undefined || back === undefined ? undefined : false;
  return judged(isWrong, () => ({
    resource: id,
    sentence:
      out === true
        ? `Network ACL ${id} denies traffic to ${nameOfStore(store)} on port ${port}.`
        : `Network ACL ${id} denies traffic back from ${nameOfStore(store)} to ${ranges}.`,
    nextStep:
      out === true
        ? `Let an outbound rule of ${id} allow TCP port ${port}, before any that denies it.`
        : `Let an inbound rule of ${id} allow TCP to ${ranges}, before any that denies it.`,
  }));
}

/** The first entry that matches decides. Where it isn't certain which one that is, all that may be have to agree. */
function denies(
  { entries }: NetworkAclFacts,
  direction: AclEntryFacts['direction'],
  address: string,
  ports: PortRange,
): Certainty {
  if (!entries.isComplete) {
    return undefined;
  }
  const ordered = entries.items.filter((entry) => entry.direction === direction).sort((a, b) => a.number - b.number);
  const possible: boolean[] = [];
  for (const { cidr, tcpPorts, action } of ordered) {
    const matches = allOf([holdsPorts(tcpPorts, ports), cidr === undefined ? undefined : isIn(address, cidr)]);
    if (matches !== false) {
      possible.push(action === 'DENY');
    }
    if (matches === true) {
      return agreed(possible);
    }
  }
  // What no entry matches is denied.
  return agreed([...possible, true]);
}

function agreed(answers: readonly boolean[]): Certainty {
  return answers.every((answer) => answer === answers[0]) ? answers[0] : undefined;
}
