import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { createHash } from 'node:crypto';

/**
 * Eight characters that are the same for the same properties, and none for no properties: part of the id of what is
 * shared by those who ask for the same.
 */
export function identityOf(scope: Construct, props: object): string {
  // The text that stands for a token is another one whenever there is a token more.
  const resolved: unknown = Stack.of(scope).resolve(normalize(props));
  return JSON.stringify(resolved) === '{}' ? '' : digestOf(resolved, 8);
}

/** So many hexadecimal digits that are the same for the same value, in whatever order its members are. */
export function digestOf(value: unknown, length: number): string {
  return createHash('sha256')
    .update(JSON.stringify(normalize(value)))
    .digest('hex')
    .slice(0, length);
}

/** Constructs by their address, members in the order of their names. */
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
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, normalize(member)]),
  );
}
