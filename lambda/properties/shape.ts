import { join } from './path';
import { characterCount } from '../base/text';

/** What a value in the resource properties must look like. */
export type Shape = Text | Integer | Choice | ListOf | MapOf | Structure | Anything;

export interface Text {
  readonly kind: 'text';
  /** Counted in characters, as `characterCount` does. */
  readonly minLength: number;
  readonly maxLength: number;
  readonly pattern?: RegExp;
  /** All of these requirements, in words. */
  readonly expected: string;
  /** Whether AWS's model marks it as sensitive. */
  readonly isSensitive: boolean;
  /** A structure that is allowed in place of the string. */
  readonly orElse?: Structure;
}

/** A whole number; CloudFormation sends it as a string. */
export interface Integer {
  readonly kind: 'integer';
  readonly minimum: number;
  readonly maximum: number;
}

export interface Choice {
  readonly kind: 'choice';
  readonly values: readonly string[];
}

export interface ListOf {
  readonly kind: 'list';
  /** What its items are, for messages. */
  readonly what: string;
  readonly item: Text;
  readonly maxItems: number;
}

export interface MapOf {
  readonly kind: 'map';
  readonly key: Text;
  readonly value: Text;
  /** @default - any number */
  readonly maxEntries?: number;
}

export interface Structure {
  readonly kind: 'structure';
  readonly members: Readonly<Record<string, Shape>>;
  readonly required: readonly string[];
  /** Members that are not ours. */
  readonly ignored: readonly string[];
}

/** Any value, because only its changes matter. */
export interface Anything {
  readonly kind: 'anything';
}

export function isText({ minLength, maxLength, pattern }: Text, value: unknown): value is string {
  if (typeof value !== 'string') {
    return false;
  }
  const length = characterCount(value);
  return length >= minLength && length <= maxLength && (pattern === undefined || pattern.test(value));
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the value with each of its texts replaced. Parts that do not have the shape stay unchanged. */
export function mapTexts(
  shape: Shape,
  value: unknown,
  map: (text: unknown, shape: Text, path: string) => unknown,
  path = '',
): unknown {
  if (shape.kind === 'text') {
    return map(value, shape, path);
  }
  if ((shape.kind !== 'map' && shape.kind !== 'structure') || !isObject(value)) {
    return value;
  }
  const entries = Object.entries(value).map(([name, member]) => {
    const memberShape = shape.kind === 'map' ? shape.value : shape.members[name];
    return [name, memberShape === undefined ? member : mapTexts(memberShape, member, map, join(path, name))];
  });
  return Object.fromEntries(entries);
}
