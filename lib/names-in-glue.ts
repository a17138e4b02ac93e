import { CfnElement, CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { resolveResource, resolveWithReferences } from './references';
import { isIntrinsic } from './resolvers';
import { constructsOf } from './tests-of-app';

/** How something of Glue is named: by a reference to it, by its name, or by an expression for the name. */
export type GlueName = { readonly stack: Stack } & (
  { readonly resource: CfnResource } | { readonly literal: string } | { readonly expression: string }
);

type Kind = 'Connection' | 'Crawler' | 'Job';

/** The connections that a resource names. */
export function connectionsNamedBy(dependent: CfnResource): GlueName[] {
  const { entry, references } = resolveResource(dependent);
  // Of jobs and sessions; of crawlers' targets and federated databases; of DataBrew's datasets.
  const values = valuesBelow(entry.Properties, /^(Connections|(Glue)?ConnectionName)$/);
  return values.flatMap((value) => namesOf(dependent, 'Connection', value, references));
}

/** The jobs and crawlers that a trigger starts. */
export function startedBy(trigger: CfnResource): GlueName[] {
  const { entry, references } = resolveResource(trigger);
  return (['Crawler', 'Job'] as const).flatMap((kind) =>
    valuesBelow(entry.Properties?.Actions, new RegExp(`^${kind}Name$`)).flatMap((value) =>
      namesOf(trigger, kind, value, references),
    ),
  );
}

/** How a value names a connection. */
export function connectionNamed(scope: IConstruct, value: unknown): GlueName[] {
  const { value: resolved, references } = resolveWithReferences(scope, value);
  return namesOf(scope, 'Connection', resolved, references);
}

/** The name that a connection, a crawler or a job of this app has, if it isn't CloudFormation that makes it. */
export function ownName(resource: CfnResource): GlueName | undefined {
  const { entry } = resolveResource(resource);
  const named = 'ConnectionInput' in (entry.Properties ?? {}) ? entry.Properties?.ConnectionInput : entry.Properties;
  const { Name } = (named ?? {}) as { Name?: unknown };
  return Name === undefined ? undefined : nameOf(resource.stack, Name);
}

/** Whether two names are one. Upper and lower case are the same here: who waits in vain loses less than who doesn't. */
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
export function keyOf(name: GlueName): string {
  if ('resource' in name) {
    return name.resource.node.addr;
  }
  return 'literal' in name ? name.literal.toLowerCase() : name.expression;
}

/** The values below such a key, however deep; of `Fn::If` the whole, which may be a name, and what it chooses from. */
function valuesBelow(value: unknown, key: RegExp, isBelow = false): unknown[] {
  if (typeof value !== 'object' || value === null) {
    return isBelow ? [value] : [];
  }
  if (isBelow && isIntrinsic(value)) {
    const [, ...choices] = Array.isArray(value['Fn::If']) ? (value['Fn::If'] as unknown[]) : [];
    return [value, ...choices.flatMap((choice) => valuesBelow(choice, key, true))];
  }
  return Object.entries(value).flatMap(([name, member]) => valuesBelow(member, key, isBelow || key.test(name)));
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
  const name = nameOf(stack, value);
  const id = referenced(value);
  const target = id === undefined ? undefined : (references.get(id) ?? elementOf(stack, id));
  if (target === undefined) {
    return [name];
  }
  if (CfnResource.isCfnResource(target)) {
    return target.cfnResourceType === `AWS::Glue::${kind}` ? [{ stack, resource: target }] : [];
  }
  const given = givenByParent(target);
  return given === undefined ? [name] : [name, ...namesOf(given.scope, kind, given.value, given.references)];
}

function nameOf(stack: Stack, value: unknown): GlueName {
  return typeof value === 'string' ? { stack, literal: value } : { stack, expression: JSON.stringify(value) };
}

/** What a value refers to and to nothing else: `Ref`, or `Fn::Sub` written by hand. */
function referenced(value: unknown): string | undefined {
  const { Ref, 'Fn::Sub': substitution } = value as { Ref?: unknown; 'Fn::Sub'?: unknown };
  const [, substituted] = typeof substitution === 'string' ? (/^\$\{(\w+)\}$/.exec(substitution) ?? []) : [];
  return typeof Ref === 'string' ? Ref : substituted;
}

/** What bears a logical id in a stack. */
export function elementOf(stack: Stack, logicalId: string): CfnElement | undefined {
  return [...constructsOf(stack)].find(
    (construct): construct is CfnElement =>
      CfnElement.isCfnElement(construct) &&
      construct.stack === stack &&
      stack.resolve(construct.logicalId) === logicalId,
  );
}

/** What the stack around gives a nested stack for a parameter. */
export function givenByParent(construct: IConstruct) {
  if (!CfnElement.isCfnElement(construct)) {
    return undefined;
  }
  const { stack, logicalId } = construct;
  const { nestedStackParent: scope, nestedStackResource } = stack;
  if (scope === undefined || !CfnResource.isCfnResource(nestedStackResource)) {
    return undefined;
  }
  const { entry, references } = resolveResource(nestedStackResource);
  const given = entry.Properties?.Parameters as Record<string, unknown> | undefined;
  const value = given?.[stack.resolve(logicalId) as string];
  return value === undefined ? undefined : { scope, value, references };
}
