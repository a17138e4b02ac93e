import { isIntrinsic } from './resolvers';

/**
 * The values that a path such as `Targets.*.Name` leads to, where `*` is any element. Of a list at its end, each; of
 * `Fn::If`, what it chooses from, and at the end of the path the whole as well, since it may be a value in itself.
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
