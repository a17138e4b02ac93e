import { characterCount } from '../base/text';

/** Whether a message may show a name that is not one of ours. */
export function isShowable(name: string): boolean {
  return /^[\w.-]{1,128}$/.test(name);
}

/** Describes a name that can't be shown. */
export function nameless(name: string): string {
  return `a name of ${characterCount(name)} characters`;
}

/** Returns the path of a member, with a description in place of any name that can't be shown. */
export function join(path: string, name: string): string {
  const shown = isShowable(name) ? name : `(${nameless(name)})`;
  return path === '' ? shown : `${path}.${shown}`;
}
