import type { Certainty } from './certainty';
import type { PortRange, TcpPorts } from './facts';

export const ALL_PORTS: PortRange = { from: 0, to: 65_535 };

/**
 * The TCP ports of a rule of a security group or of a network ACL, by EC2's members of it.
 *
 * @param protocol `-1` for all, a name or a number
 * @param from the first port; without it, or where it is -1, all
 * @returns undefined where the protocol is not known
 */
export function tcpPortsOf(protocol: string | undefined, from?: number, to?: number): TcpPorts | undefined {
  if (protocol === undefined) {
    return undefined;
  }
  if (protocol === '-1') {
    return ALL_PORTS;
  }
  if (protocol.toLowerCase() !== 'tcp' && protocol !== '6') {
    return 'NONE';
  }
  return from === undefined || from === -1 ? ALL_PORTS : { from, to: to === undefined || to === -1 ? from : to };
}

/** Whether a rule's ports contain all the given ones; undefined if only some. */
export function holdsPorts(ports: TcpPorts | undefined, wanted: PortRange): Certainty {
  if (ports === undefined) {
    return undefined;
  }
  if (ports === 'NONE' || ports.to < wanted.from || ports.from > wanted.to) {
    return false;
  }
  return ports.from <= wanted.from && ports.to >= wanted.to ? true : undefined;
}

/** Whether the ports of several rules may hold all of others, each a part. */
export function holdPortsTogether(several: readonly (TcpPorts | undefined)[], { from, to }: PortRange): boolean {
  if (several.includes(undefined)) {
    return true;
  }
  const ranges = several.filter((ports) => ports !== undefined && ports !== 'NONE').sort((a, b) => a.from - b.from);
  let next = from;
  for (const range of ranges) {
    if (range.from > next) {
      break;
    }
    next = Math.max(next, range.to + 1);
  }
  return next > to;
}

export function single(port: number): PortRange {
  return { from: port, to: port };
}
