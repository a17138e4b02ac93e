import { ValidationError } from '../errors';
import type { Properties } from '../resource-handler';

/** Those of a nested stack; lists have to be joined. */
export function parametersOf({ Parameters = {} }: Properties): Record<string, string> {
  const entries = Object.entries(Parameters as Properties);
  if (entries.some(([, value]) => typeof value === 'object')) {
    throw new ValidationError('Value of property Parameters must be an object with String (or simple type) properties');
  }
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
}
