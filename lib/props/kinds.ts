import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/**
 * What a property accepts. TypeScript checks that too, but JavaScript and `tsx` don't: from there, a wrong value must
 * fail with a clear message instead of somewhere deep inside.
 *
 * Objects are recognized by the members that these constructs use, not by `instanceof`: an app may have several copies
 * of aws-cdk-lib, and other languages pass proxies.
 */
export interface Kind {
  /** The words for a message, such as 'a Duration'. */
  readonly expected: string;
  readonly isOptional?: false;
  /** @throws an error that names the property by its path */
  readonly check: (path: string, value: unknown) => void;
}

/** The same, where the property may be left out. */
export interface OptionalKind extends Omit<Kind, 'isOptional'> {
  readonly isOptional: true;
}

interface KindOptions {
  /** What to do. */
  readonly advice?: string | ((value: unknown) => string | undefined);
  /** Whether the value may be a secret that was passed in the wrong place. Then a message shows only its type. */
  readonly isSecret?: boolean;
}

export function kind(
  expected: string,
  fits: (value: unknown) => boolean,
  { advice, isSecret = false }: KindOptions = {},
): Kind {
  return {
    expected,
    check(path, value) {
      if (!fits(value)) {
        const next = typeof advice === 'function' ? advice(value) : advice;
        const got = isSecret ? typeOf(value) : shown(value);
        throw new Error(`'${path}' must be ${expected}, got: ${got}${next === undefined ? '' : `; ${next}`}`);
      }
    },
  };
}

export function optional({ expected, check }: Kind): OptionalKind {
  return {
    expected,
    isOptional: true,
    check: (path, value) => {
      if (value !== undefined) {
        check(path, value);
      }
    },
  };
}

/** An object with one of these members. */
export function having(members: readonly string[], expected: string, options?: KindOptions): Kind {
  return kind(expected, (value) => isObject(value) && members.some((member) => member in value), options);
}

export function oneOf(name: string, members: Readonly<Record<string, string>>): Kind {
  const names = Object.keys(members).map((member) => `${name}.${member}`);
  return kind(
    names.join(' or '),
    (value) => typeof value === 'string' && (Token.isUnresolved(value) || Object.values(members).includes(value)),
  );
}

export const TEXT = kind('a string', isText);
export const BOOLEAN = kind('true or false', (value) => typeof value === 'boolean' || Token.isUnresolved(value));
export const CONSTRUCT = kind('a construct', (value) => Construct.isConstruct(value), {
  advice: (value) => (Array.isArray(value) ? 'give each construct as an argument of its own' : undefined),
});

/** A whole number in a range, checked as far as it is known at synthesis. */
export function wholeNumber(range: string, { min, max = Infinity }: { readonly min: number; readonly max?: number }) {
  return kind(
    `a whole number ${range}`,
    (value) => Token.isUnresolved(value) || (Number.isInteger(value) && Number(value) >= min && Number(value) <= max),
  );
}

export function listOf(item: Kind, what: string): Kind {
  const list = kind(`a list of ${what}`, Array.isArray, { advice: 'put it in brackets, also if it is only one' });
  return {
    expected: list.expected,
    check(path, value) {
      list.check(path, value);
      (value as unknown[]).forEach((one, index) => item.check(`${path}[${index}]`, one));
    },
  };
}

/** A map of values by name; the values are checked where they are used. */
export const MAP = kind('an object of values by name', isRecord, { isSecret: true });

/** A map of values by name; an undefined value counts as left out. */
export function mapOf(value: Kind): Kind {
  return {
    expected: MAP.expected,
    check(path, members) {
      MAP.check(path, members);
      for (const [name, member] of Object.entries(members as object)) {
        optional(value).check(`${path}.${name}`, member);
      }
    },
  };
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

export function isRecord(value: unknown): boolean {
  return isObject(value) && !Array.isArray(value) && !Construct.isConstruct(value);
}

function shown(value: unknown): string {
  if (typeof value === 'string') {
    return `'${value.length > 60 ? `${value.slice(0, 60)}…` : value}'`;
  }
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeOf(value);
}

function typeOf(value: unknown): string {
  if (Construct.isConstruct(value)) {
    // aws-cdk-lib's bundler adds numbers to names that it found twice.
    return `the ${value.constructor.name.replace(/\d+$/, '')} ${value.node.path || 'without an id'}`;
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (!isObject(value)) {
    return value === undefined || value === null ? String(value) : `a ${typeof value}`;
  }
  const { name = 'Object' } = (value.constructor as { name?: string } | undefined) ?? {};
  return name === 'Object' ? 'an object' : `an object of the class ${name}`;
}
