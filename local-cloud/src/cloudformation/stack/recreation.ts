import type { CreateOnlyProperty, RequiresRecreation } from '../resource-types/create-only';
import type { Properties } from '../resource-handler';
import { isRecord } from '../template/intrinsic';
import { sameProperties } from './same-properties';

/** By changed property, whether its change needs a new physical resource. */
export function recreations(
  createOnly: readonly CreateOnlyProperty[],
  previous: Properties,
  next: Properties,
): ReadonlyMap<string, RequiresRecreation> {
  const names = [...new Set([...Object.keys(previous), ...Object.keys(next)])];
  const changed = names.filter((name) => !sameProperties(previous[name], next[name]));
  return new Map(
    changed.map((name) => {
      const affected = createOnly.filter(
        ({ path }) => path[0] === name && !sameProperties(valueAt(previous, path), valueAt(next, path)),
      );
      return [name, strongest(affected.map(({ requiresRecreation }) => requiresRecreation))];
    }),
  );
}

/**
 * Where a change needs a new resource under conditions, the handler knows them: it is asked for an update, and may
 * answer with the id of another resource.
 */
export function requiresReplacement(
  createOnly: readonly CreateOnlyProperty[],
  previous: Properties,
  next: Properties,
): boolean {
  return [...recreations(createOnly, previous, next).values()].includes('Always');
}

/** The one with the most impact. */
export function strongest(all: readonly RequiresRecreation[]): RequiresRecreation {
  const byImpact: readonly RequiresRecreation[] = ['Always', 'Conditionally'];
  return byImpact.find((candidate) => all.includes(candidate)) ?? 'Never';
}

/** All values at a path with `*`, by their places in the list or the map. */
function valueAt(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) {
    return value;
  }
  if (name !== '*') {
    return isRecord(value) ? valueAt(value[name], rest) : undefined;
  }
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.map(([key, item]) => [key, valueAt(item, rest)]));
}
