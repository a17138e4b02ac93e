import { nearestName } from './nearest';
import { isShowable, join, nameless } from './path';
import { isObject, isText, type Integer, type ListOf, type MapOf, type Shape, type Structure } from './shape';
import { characterCount } from '../base/text';

/**
 * Lists everything that is wrong with a value, each problem with its path. Shows no value, because any value could be a
 * secret in the wrong place.
 */
export function problemsOf(shape: Shape, value: unknown, path = ''): string[] {
  switch (shape.kind) {
    case 'anything':
      return [];
    case 'text':
      if (shape.orElse !== undefined && isObject(value)) {
        return problemsOf(shape.orElse, value, path);
      }
      return isText(shape, value) ? [] : [mustBe(path, shape.expected, value)];
    case 'integer': {
      const { minimum, maximum } = shape;
      return isInteger(shape, value) ? [] : [mustBe(path, `a whole number from ${minimum} to ${maximum}`, value)];
    }
    case 'choice':
      return shape.values.some((choice) => choice === value)
        ? []
        : [mustBe(path, `one of ${shape.values.join(', ')}`, value)];
    case 'list':
      return Array.isArray(value)
        ? problemsOfList(shape, value, path)
        : [mustBe(path, `a list of ${shape.what}`, value)];
    case 'map':
      return isObject(value) ? problemsOfMap(shape, value, path) : [mustBe(path, 'a map', value)];
    case 'structure':
      return isObject(value) ? problemsOfStructure(shape, value, path) : [mustBe(path, 'a map', value)];
  }
}

function problemsOfList({ what, item, maxItems }: ListOf, list: readonly unknown[], path: string): string[] {
  if (list.length > maxItems) {
    return [`'${path}' must have at most ${maxItems} ${what}, got: ${list.length}`];
  }
  return list.flatMap((one, index) => problemsOf(item, one, `${path}[${index}]`));
}

function problemsOfMap(
  { key, value, maxEntries = Infinity }: MapOf,
  map: Readonly<Record<string, unknown>>,
  path: string,
) {
  const entries = Object.entries(map);
  const problems =
    entries.length > maxEntries ? [`'${path}' must have at most ${maxEntries} entries, got: ${entries.length}`] : [];
  for (const [name, member] of entries.slice(0, maxEntries)) {
    if (!isText(key, name)) {
      problems.push(`a key of '${path}' must be ${key.expected}, got: ${describe(name)}`);
    }
    problems.push(...problemsOf(value, member, join(path, name)));
  }
  return problems;
}

function problemsOfStructure(
  { members, required, ignored }: Structure,
  value: Readonly<Record<string, unknown>>,
  path: string,
): string[] {
  const problems = required
    .filter((name) => value[name] === undefined)
    .map((name) => `'${join(path, name)}' is required`);
  for (const [name, member] of Object.entries(members)) {
    if (value[name] !== undefined) {
      problems.push(...problemsOf(member, value[name], join(path, name)));
    }
  }
  const known = [...Object.keys(members), ...ignored];
  const unknown = Object.keys(value).filter((name) => !known.includes(name));
  return [...problems, ...problemsOfNames(unknown.slice(0, 20), known, Object.keys(members), path)];
}

/** Suggests the right name for each wrong one, if one is close enough. Lists the others together. */
function problemsOfNames(
  unknown: readonly string[],
  known: readonly string[],
  expected: readonly string[],
  path: string,
): string[] {
  const problems: string[] = [];
  const others: string[] = [];
  for (const name of unknown) {
    const shown = isShowable(name) ? `'${join(path, name)}'` : nameless(name);
    const nearest = nearestName(name, known);
    if (nearest === undefined) {
      others.push(shown);
    } else {
      problems.push(`${shown} is not a property; did you mean '${nearest}'?`);
    }
  }
  if (others.length > 0) {
    const which = others.length === 1 ? 'is not a property' : 'are no properties';
    problems.push(`${others.join(', ')} ${which}, expected: ${expected.join(', ')}`);
  }
  return problems;
}

function isInteger({ minimum, maximum }: Integer, value: unknown): boolean {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= minimum && number <= maximum;
}

function mustBe(path: string, expected: string, value: unknown): string {
  return `'${path}' must be ${expected}, got: ${describe(value)}`;
}

/** Describes a value for a message: its kind and size, never its content. */
function describe(value: unknown): string {
  if (typeof value === 'string') {
    const lines = value.split('\n').length;
    return value === ''
      ? 'nothing'
      : `text of ${characterCount(value)} characters${lines > 1 ? ` on ${lines} lines` : ''}`;
  }
  if (typeof value === 'number') {
    return String(value);
  }
  return Array.isArray(value) ? 'a list' : value === null ? 'nothing' : isObject(value) ? 'a map' : typeof value;
}
