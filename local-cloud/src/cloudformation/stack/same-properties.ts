import { isDeepStrictEqual } from 'node:util';
import { stringify } from '../template/stringify';

/** Two spellings of a scalar, as in `1` and `"1"`, are no difference. */
export function sameProperties(left: unknown, right: unknown): boolean {
  return isDeepStrictEqual(stringify(left), stringify(right));
}
