import { isIntrinsic } from './resolvers';

/**
 * The values at a path such as `Targets.*.Name`, where `*` is any element. A list at the end gives each of its
 * elements. `Fn::If` gives each of its choices, and at the end of the path also itself, since it may be a value.
 */
export function valuesAt(value: unknown, path: string): unknown[] {
  return follow(value, path.split('.'));
}

function follow(value: unknown, [key, ...rest]: readonly string[]): unknown[] {
  if (value === undefined || value === null) {
    return [];
  }
  if (isIntrinsic(value)) {
    const chosen = choicesOf(value).flatMap((choice) => follow(choice, key === undefined ? [] : [key, ...rest]));
    return key === undefined ? [value, ...chosen] : chosen;
  }
  if (key === undefined) {
    return Array.isArray(value) ? value.flatMap((element) => follow(element, [])) : [value];
  }
  if (typeof value !== 'object') {
    return [];
  }
  const members = key === '*' ? Object.values(value) : [(value as Readonly<Record<string, unknown>>)[key]];
  return members.flatMap((member) => follow(member, rest));
}

function choicesOf(intrinsic: Readonly<Record<string, unknown>>): unknown[] {
  const { 'Fn::If': condition } = intrinsic;
  return Array.isArray(condition) ? (condition as unknown[]).slice(1) : [];
}
