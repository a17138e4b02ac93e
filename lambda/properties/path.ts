import { characterCount } from '../base/text';

/** What can be shown of a name that is not ours. */
export function isShowable(name: string): boolean {
  return /^[\w.-]{1,128}$/.test(name);
}

/** Stands for a name that can't. */
export function nameless(name: string): string {
  return `a name of ${characterCount(name)} characters`;
}

/** Where a member is, as far as its names can be shown. */
export function join(path: string, name: string): string {
  const shown = isShowable(name) ? name : `(${nameless(name)})`;
  return path === '' ? shown : `${path}.${shown}`;
}
