import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * What a Linux machine runs, from /proc: nobody has to find, or to trust, a parent for that.
 * @see https://man7.org/linux/man-pages/man5/proc.5.html
 */
export interface RunningProcess {
  readonly pid: number;
  readonly commandLine: string;
}

/** Empty for what has ended in the meantime, or belongs to somebody else. */
function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

/**
 * All processes that name a folder in their environment or on their command line, or that work below it, also when it
 * is there no more; and all of a session.
 */
export function processesOf(folder: string, session: number): RunningProcess[] {
  const found: RunningProcess[] = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const read = (name: string) => attempt(() => readFileSync(`/proc/${pid}/${name}`, 'utf8'), '');
    const [commandLine, directory] = [read('cmdline'), attempt(() => readlinkSync(`/proc/${pid}/cwd`), '')];
    // After the name, which may contain anything: state, parent, group, session.
    const [state, , , itsSession] = read('stat')
      .replace(/^.*\) /s, '')
      .split(' ');
    const isOurs = [commandLine, directory, read('environ')].some((text) => text.includes(folder));
    if ((isOurs || itsSession === String(session)) && state !== 'Z') {
      found.push({ pid: Number(pid), commandLine: commandLine.replaceAll('\0', ' ').trim() });
    }
  }
  return found;
}

/** The sockets that something listens on, by their inodes, with their addresses. */
export function listeningSockets(): Map<string, string> {
  const sockets = new Map<string, string>();
  for (const table of ['tcp', 'tcp6']) {
    const [, ...rows] = attempt(() => readFileSync(`/proc/net/${table}`, 'utf8'), '')
      .trim()
      .split('\n');
    for (const row of rows) {
      const [, address, , state, , , , , , inode] = row.trim().split(/\s+/);
      if (state === '0A') {
        sockets.set(inode!, address!);
      }
    }
  }
  return sockets;
}

/** The inodes of the sockets that a process has open. */
export function socketsOf({ pid }: RunningProcess): string[] {
  const descriptors = attempt(() => readdirSync(`/proc/${pid}/fd`), []);
  return descriptors.flatMap(
    (name) => /^socket:\[(\d+)\]$/.exec(attempt(() => readlinkSync(`/proc/${pid}/fd/${name}`), ''))?.[1] ?? [],
  );
}
