import { BlockList, isIP } from 'node:net';
import { allOf, anyOf, type Certainty } from './certainty';

interface Block {
  readonly address: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

/** Whether an address lies in a range; undefined where either can't be read. */
export function isIn(address: string, cidr: string): Certainty {
  const block = blockOf(cidr);
  const family = familyOf(address);
  return block === undefined || family === undefined ? undefined : block.family === family && contains(block, address);
}

/** Whether a range covers all of others; undefined where it covers a part, as one of IPv6 does where some are of IPv4. */
export function covers(cidr: string, cidrs: readonly string[]): Certainty {
  const outer = blockOf(cidr);
  const inner = cidrs.map(blockOf);
  if (outer === undefined) {
    return undefined;
  }
  const answers = inner
    .filter((block) => block === undefined || block.family === outer.family || outer.family === 'ipv6')
    .map((block) => (block === undefined ? undefined : block.family === outer.family && coversBlock(outer, block)));
  // None of this family: it has nothing to do with them.
  return answers.length === 0 ? false : allOf(answers) === true ? true : anyOf(answers) === false ? false : undefined;
}

/** Whether a range holds all addresses of IPv4. Those of IPv6 alone are not enough: most traffic has addresses of IPv4. */
export function isEverything(cidr: string): boolean {
  const block = blockOf(cidr);
  return block?.prefix === 0 && block.family === 'ipv4';
}

function familyOf(address: string): Block['family'] | undefined {
  return ([undefined, 'ipv4', 'ipv6'] as const)[isIP(address) === 0 ? 0 : isIP(address) === 4 ? 1 : 2];
}

/** How many bits of the range are fixed: the more, the more special it is. */
export function prefixLengthOf(cidr: string): number | undefined {
  return blockOf(cidr)?.prefix;
}

function coversBlock(outer: Block, inner: Block): Certainty {
  if (outer.prefix <= inner.prefix) {
    return contains(outer, inner.address);
  }
  return contains(inner, outer.address) ? undefined : false;
}

function contains({ address: network, prefix, family }: Block, address: string): boolean {
  const list = new BlockList();
  list.addSubnet(network, prefix, family);
  return list.check(address, family);
}

function blockOf(cidr: string): Block | undefined {
  const [address = '', prefix = '', ...rest] = cidr.split('/');
  const family = familyOf(address);
  const isRight = rest.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 'ipv4' ? 32 : 128);
  return family === undefined || !isRight ? undefined : { address, prefix: Number(prefix), family };
}
