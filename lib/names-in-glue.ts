import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { ConnectionTest } from './connection-test';
import { isIntrinsic, resolveWithReferences, type ResolvedReference } from './references';
import type { TargetFacts } from './target-facts';

/**
 * By what something of Glue is known: two sets with a key in common mean the same thing. What this app makes is known by
 * its construct and, where it has one, by its name; anything else by its name, or by the expression for it.
 */
export type Keys = ReadonlySet<string>;

type Kind = 'Connection' | 'Crawler' | 'Job';

const KEYS = new WeakMap<ConnectionTest, Keys>();

/** By which a test's connection is known; none for an input. */
export function keysOfTest(test: ConnectionTest): Keys {
  const keys = KEYS.get(test) ?? keysOfTarget(test, test._facts);
  KEYS.set(test, keys);
  return keys;
}

function keysOfTarget(test: IConstruct, { connectionName, resource, account, catalogId }: TargetFacts): Keys {
  const { resolved, references } = resolveWithReferences(test, connectionName);
  const own = resource === undefined ? [] : keysOf(resource, 'Connection');
  return new Set([...own, ...keysOfName(test, 'Connection', resolved, references, catalogId ?? account)]);
}

/** By which the connections are known that a resource names. */
export function keysOfConnectionsUsed(dependent: CfnResource): Keys {
  const { properties, references } = read(dependent);
  // Of jobs and sessions; of crawlers' targets and federated databases; of DataBrew's datasets.
  const names = namesIn(properties, /^(Connections|(Glue)?ConnectionName)$/);
  return new Set(names.flatMap((name) => keysOfName(dependent, 'Connection', name, references)));
}

/** By which the jobs and crawlers are known that a trigger starts. */
export function keysOfStarted(trigger: CfnResource): Keys {
  const { properties, references } = read(trigger);
  return new Set(
    (['Crawler', 'Job'] as const).flatMap((kind) =>
      namesIn(properties.Actions, new RegExp(`^${kind}Name$`)).flatMap((name) =>
        keysOfName(trigger, kind, name, references),
      ),
    ),
  );
}

/** By which a connection, a crawler or a job of this app is known. */
export function keysOf(resource: CfnResource, kind: Kind): string[] {
  const { properties } = read(resource);
  const { Name } = (kind === 'Connection' ? properties.ConnectionInput : properties) as { Name?: unknown };
  return [resource.node.addr, ...(typeof Name === 'string' ? [literalKey(resource, kind, Name)] : [])];
}

function read(resource: CfnResource) {
  const { resolved, references } = resolveWithReferences(resource, resource._toCloudFormation());
  const { Resources } = resolved as { Resources: Record<string, { Properties?: Record<string, unknown> }> };
  return { properties: Object.values(Resources)[0]?.Properties ?? {}, references };
}

/** The values below such a key, however deep. */
function namesIn(value: unknown, key: RegExp, isName = false): unknown[] {
  if (typeof value !== 'object' || value === null || (isName && isIntrinsic(value) && !('Fn::If' in value))) {
    return isName ? [value] : [];
  }
  return Object.entries(value).flatMap(([name, member]) => namesIn(member, key, isName || key.test(name)));
}

function keysOfName(
  scope: IConstruct,
  kind: Kind,
  name: unknown,
  references: readonly ResolvedReference[],
  account?: string,
): string[] {
  if (typeof name === 'string') {
    return [literalKey(scope, kind, name, account)];
  }
  if (name === undefined) {
    return [];
  }
  const text = JSON.stringify(name);
  const targets = references
    .filter(({ resolved }) => JSON.stringify(resolved) === text)
    .map(({ target }) => target)
    .filter((target): target is CfnResource => isOfKind(target, kind));
  return [`${text} in ${Stack.of(scope).node.addr}`, ...targets.flatMap((target) => keysOf(target, kind))];
}

function isOfKind(construct: IConstruct, kind: Kind): boolean {
  return CfnResource.isCfnResource(construct) && construct.cfnResourceType === `AWS::Glue::${kind}`;
}

/** Upper and lower case are the same here: who waits in vain loses less than who doesn't wait. */
function literalKey(scope: IConstruct, kind: Kind, name: string, account = Stack.of(scope).account): string {
  const environment = [account, Stack.of(scope).region].map((part) => (Token.isUnresolved(part) ? '' : part)).join('/');
  return `${kind} '${name.toLowerCase()}' in ${environment}`;
}
