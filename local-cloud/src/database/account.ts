import { execFileSync } from 'node:child_process';

/** Who a database's programs run as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Database servers refuse to run as root, so root runs them as `nobody`; everyone else as themselves. */
export function unprivilegedAccount(): Account | undefined {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const id = (option: '-u' | '-g') => Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** The options of `spawn` for an account. `nobody` is 4294967294 on macOS, which Node takes as a signed number only. */
export function spawnAs(account: Account | undefined): { uid?: number; gid?: number } {
  return account ? { uid: account.uid | 0, gid: account.gid | 0 } : {};
}
