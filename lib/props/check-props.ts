import { isRecord, kind, type Kind, type OptionalKind } from './kinds';

/** The kind of each property of a struct. A shape that lacks a property does not compile. */
export type Shape<T> = { readonly [Name in keyof T]-?: object extends Pick<T, Name> ? OptionalKind : Kind };

const PROPERTIES = kind('an object of properties', isRecord, { isSecret: true });

/** A struct, with its own properties checked one by one. */
export function struct<T>(shape: Shape<T>): Kind {
  return {
    expected: PROPERTIES.expected,
    check(path, value) {
      PROPERTIES.check(path, value);
      checkMembers(value as object, shape, `${path}.`);
    },
  };
}

/**
 * Checks what a constructor or a function is given.
 *
 * @param name what the parameter is called
 * @throws an error that names the first property of a wrong type
 */
export function checkProps<T extends object>(name: string, props: T, shape: Shape<T>): void {
  PROPERTIES.check(name, props);
  checkMembers(props, shape, '');
}

/** The properties that a shape names, without those of somebody else. */
export function pick<T extends object>(props: T, shape: Shape<T>): T {
  const names = Object.keys(shape) as (keyof T)[];
  return Object.fromEntries(names.map((name) => [name, props[name]])) as T;
}

function checkMembers<T>(props: object, shape: Shape<T>, prefix: string): void {
  const kinds = Object.entries<Kind | OptionalKind>(shape);
  // Other names may be meant for another construct: some pass on their own props with properties of their own.
  for (const given of Object.keys(props)) {
    const [right] = kinds.find(([name]) => name !== given && plain(name) === plain(given)) ?? [];
    if (right !== undefined) {
      throw new Error(`'${prefix}${given}' must be written '${prefix}${right}'`);
    }
  }
  for (const [name, { check }] of kinds) {
    check(`${prefix}${name}`, (props as Readonly<Record<string, unknown>>)[name]);
  }
}

/** Ignores case and punctuation: `on_failure` is `onFailure`. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
