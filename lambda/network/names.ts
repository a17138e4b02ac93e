import { promises as dns } from 'node:dns';
import { BlockList, isIP } from 'node:net';

/** What DNS says of a name, as the function sees it. */
export type Resolution =
  | { readonly kind: 'ADDRESSES'; readonly addresses: readonly string[] }
  /** There is no such name. */
  | { readonly kind: 'UNKNOWN_NAME' }
  /** Nothing, in time. */
  | { readonly kind: 'SILENCE' };

/** Asks for all addresses of a name. Never throws. */
export async function resolve(host: string, signal: AbortSignal): Promise<Resolution> {
  if (isIP(host) !== 0) {
    return { kind: 'ADDRESSES', addresses: [host] };
  }
  const resolver = new dns.Resolver();
  const stop = () => resolver.cancel();
  signal.addEventListener('abort', stop);
  try {
    const answers = await Promise.all([ask(() => resolver.resolve4(host)), ask(() => resolver.resolve6(host))]);
    if (answers.some(({ kind }) => kind === 'SILENCE')) {
      return { kind: 'SILENCE' };
    }
    const addresses = answers.flatMap((answer) => (answer.kind === 'ADDRESSES' ? answer.addresses : []));
    const isUnknown = answers.every(({ kind }) => kind === 'UNKNOWN_NAME');
    return isUnknown ? { kind: 'UNKNOWN_NAME' } : { kind: 'ADDRESSES', addresses };
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function ask(query: () => Promise<string[]>): Promise<Resolution> {
  try {
    return { kind: 'ADDRESSES', addresses: await query() };
  } catch (error) {
    const { code } = error as { code?: unknown };
    return code === 'ENOTFOUND'
      ? { kind: 'UNKNOWN_NAME' }
      : code === 'ENODATA'
        ? { kind: 'ADDRESSES', addresses: [] }
        : { kind: 'SILENCE' };
  }
}

/** Names that public DNS knows, also where their addresses are private: of no VPC's own. */
const PUBLIC_NAMES = [
  /\.(rds|redshift|redshift-serverless|docdb|neptune|cache)\.amazonaws\.com(\.cn)?$/,
  /(^|\.)(?!privatelink\.)[\w-]+\.snowflakecomputing\.com$/,
  /\.(database\.windows\.net|salesforce\.com)$/,
];

/** Whether a name that DNS doesn't know from here is unknown everywhere: any other may be one of the VPC's own. */
export function isPublicName(host: string): boolean {
  return PUBLIC_NAMES.some((names) => names.test(host)) && !/(^|\.)(vpce|privatelink)\./.test(host);
}

/** Names of AWS stand for a private address inside the VPC that they are of, and for a public one elsewhere. */
export function isNameOfAws(host: string): boolean {
  return /\.(amazonaws\.com(\.cn)?|api\.aws|on\.aws)$/.test(host);
}

/** @see https://www.iana.org/assignments/iana-ipv4-special-registry */
const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['198.18.0.0', 15],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv4');
}
PRIVATE.addSubnet('fc00::', 7, 'ipv6');

export function isPrivateAddress(address: string): boolean {
  return PRIVATE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
