import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { pathsOfConnections, pathsOfStarted } from './connection-uses';
import { placeIn, type Environment } from '../cdk/environment';
import { resolveResource, resolveWithReferences } from '../cdk/references';
import { elementOf, givenByParent } from '../cdk/nested-stacks';
import { join, partsOf, split, type Part } from '../cdk/text-parts';
import { valuesAt } from '../cdk/values-at';

/** How a Glue resource is named: by a reference, by its literal name, or by an expression for the name. */
export type GlueName = { readonly stack: Stack; readonly place: Environment } & (
  { readonly resource: CfnResource } | { readonly literal: string } | { readonly expression: string }
);

type Kind = 'Connection' | 'Crawler' | 'Job';

/** The connections that a resource names. */
export function connectionsNamedBy(dependent: CfnResource): GlueName[] {
  const { entry, references } = resolveResource(dependent);
  const values = pathsOfConnections(dependent.cfnResourceType).flatMap((path) => valuesAt(entry.Properties, path));
  return values.flatMap((value) => namesOf(dependent, 'Connection', value, references));
}

/** The jobs and crawlers that a resource such as a trigger starts. */
export function startedBy(starter: CfnResource): GlueName[] {
  const { entry, references } = resolveResource(starter);
  const paths = Object.entries(pathsOfStarted(starter.cfnResourceType) ?? {}) as ['Crawler' | 'Job', string][];
  return paths.flatMap(([kind, path]) =>
    valuesAt(entry.Properties, path).flatMap((value) => namesOf(starter, kind, value, references)),
  );
}

/** How a value names a connection. */
export function connectionNamed(scope: IConstruct, value: unknown): GlueName[] {
  const { value: resolved, references } = resolveWithReferences(scope, value);
  return namesOf(scope, 'Connection', resolved, references);
}

/** The name of a connection, a crawler or a job of this app, unless CloudFormation generates it. */
export function ownName(resource: CfnResource): GlueName | undefined {
  const { entry } = resolveResource(resource);
  const named = 'ConnectionInput' in (entry.Properties ?? {}) ? entry.Properties?.ConnectionInput : entry.Properties;
  const { Name } = (named ?? {}) as { Name?: unknown };
  return Name === undefined ? undefined : nameOf(resource.stack, Name);
}

/** Whether two names are the same, ignoring case: to wait needlessly costs less than not to wait. */
export function isSameName(one: GlueName, other: GlueName): boolean {
  if ('resource' in one) {
    return 'resource' in other && one.resource === other.resource;
  }
  if ('literal' in one) {
    return 'literal' in other && one.literal.toLowerCase() === other.literal.toLowerCase();
  }
  return 'expression' in other && one.stack === other.stack && one.expression === other.expression;
}

/** The same for names that may be one. */
export function lookupKey(name: GlueName): string {
  if ('resource' in name) {
    return name.resource.node.addr;
  }
  return 'literal' in name ? name.literal.toLowerCase() : name.expression;
}

function namesOf(
  scope: IConstruct,
  kind: Kind,
  value: unknown,
  references: ReadonlyMap<string, IConstruct>,
): GlueName[] {
  if (value === undefined || value === null) {
    return [];
  }
  const stack = Stack.of(scope);
  const name = nameOf(stack, value, kind);
  const id = 'expression' in name ? referenced(name.expression) : undefined;
  const target = id === undefined ? undefined : (references.get(id) ?? elementOf(stack, id));
  if (target === undefined) {
    return [name];
  }
  if (CfnResource.isCfnResource(target)) {
    const { place } = name;
    return target.cfnResourceType === `AWS::Glue::${kind}` ? [{ stack, place, resource: target }] : [];
  }
  const given = givenByParent(target);
  return given === undefined ? [name] : [name, ...namesOf(given.scope, kind, given.value, given.references)];
}

function nameOf(stack: Stack, value: unknown, kind?: Kind): GlueName {
  const parts = partsOf(value);
  const arn = kind === 'Connection' ? connectionInArn(parts) : undefined;
  const name = join(arn?.name.filter((part) => part !== '') ?? parts);
  const place = placeIn(stack, arn);
  return typeof name === 'string'
    ? { stack, place, literal: name }
    : { stack, place, expression: JSON.stringify(name) };
}

/** What the ARN of a connection tells. */
function connectionInArn(parts: readonly Part[]) {
  const [prefix = [], , service = [], region = [], account = [], resource = []] = split(parts, ':', 6);
  const [kind, ...others] = resource;
  return join(prefix) === 'arn' &&
    join(service) === 'glue' &&
    typeof kind === 'string' &&
    kind.startsWith('connection/')
    ? { name: [kind.slice('connection/'.length), ...others], region: join(region), account: join(account) }
    : undefined;
}

/** The logical id or the key that an expression refers to, if it is nothing else. */
function referenced(expression: string): string | undefined {
  const { Ref } = JSON.parse(expression) as { Ref?: unknown };
  return typeof Ref === 'string' ? Ref : undefined;
}
