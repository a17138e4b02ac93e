import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { createHash } from 'node:crypto';

/**
 * Eight characters that are the same for the same properties, and an empty string for none. They are part of the id of
 * a construct that is shared by everyone who asks for the same properties.
 */
export function identityOf(scope: Construct, props: object): string {
  // The text of a token changes whenever the app has one token more.
  const resolved: unknown = Stack.of(scope).resolve(normalize(props));
  return JSON.stringify(resolved) === '{}' ? '' : digestOf(resolved, 8);
}

/** Hexadecimal digits that are the same for the same value, whatever the order of its members. */
export function digestOf(value: unknown, length: number): string {
  return createHash('sha256')
    .update(JSON.stringify(normalize(value)))
    .digest('hex')
    .slice(0, length);
}

/** Replaces constructs by their addresses, and sorts members by name. */
function normalize(value: unknown): unknown {
  if (Construct.isConstruct(value)) {
    return value.node.addr;
  }
  if (Array.isArray(value)) {
    return value.map(normalize);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const members = value as Readonly<Record<string, unknown>>;
  const sorted: Record<string, unknown> = {};
  for (const name of Object.keys(members).sort()) {
    if (members[name] !== undefined) {
      sorted[name] = normalize(members[name]);
    }
  }
  return sorted;
}
