import type { SecretValueReference } from '../../lambda/contract';
import { SecretReference } from './secret-reference';

/** A structure of the contract that has `SecretReference` objects in place of references. */
export type WithReferences<T> = T extends SecretValueReference
  ? SecretReference
  : T extends object
    ? { readonly [Member in keyof T]: WithReferences<T[Member]> }
    : T;

/** The structure as it is in the template. */
export function render<T>(value: WithReferences<T>): T {
  return renderAny(value) as T;
}

function renderAny(value: unknown): unknown {
  if (value instanceof SecretReference) {
    return value._render();
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, renderAny(member)]))
    : value;
}

/** All references in it, however deep. */
export function referencesIn(value: unknown): SecretReference[] {
  if (value instanceof SecretReference) {
    return [value];
  }
  return isObject(value) ? Object.values(value).flatMap(referencesIn) : [];
}

/** The structure, or undefined if all its members are undefined. */
export function orNothing<T extends object>(structure: T): T | undefined {
  return Object.values(structure).some((member) => member !== undefined) ? structure : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
