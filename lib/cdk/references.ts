import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { mayEvaluateAll } from './early-evaluation';
import { ReferenceKeeper, ReferenceRecorder, TemplateEvaluation } from './resolvers';

/**
 * A value with its lazy parts evaluated. A reference is `{ Ref: TOKEN }`, and a token in what is joined; another intrinsic
 * function that stands alone is an object, as in a template. `asText` makes a string of each.
 */
export function evaluate(scope: IConstruct, value: unknown): unknown {
  return new ReferenceKeeper(scope).resolve(value);
}

/** The resources that a value refers to, of this stack or another of the app. */
export function referencedResources(scope: IConstruct, value: unknown): CfnResource[] {
  return resourcesIn(resolveWithReferences(scope, value));
}

/** The same of a value that is resolved already. */
export function resourcesIn({ references }: Resolved): CfnResource[] {
  return [...references.values()].filter((target) => CfnResource.isCfnResource(target));
}

/** A value as it is in the template, except for its references. */
export interface Resolved {
  /** In place of each reference, `{ Ref: KEY }`. */
  readonly value: unknown;
  /** The constructs that are referred to, by these keys. */
  readonly references: ReadonlyMap<string, IConstruct>;
}

/**
 * A value as it is in the template, as far as that is known before synthesis. A `Ref` that is not among the references
 * was written by hand.
 */
export function resolveWithReferences(scope: IConstruct, value: unknown): Resolved {
  const recorder = new ReferenceRecorder(scope);
  return { value: recorder.resolve(value), references: recorder.references };
}

/**
 * A value as it stands in the template, with the logical ids of what it refers to; with the keys of `resolveWithReferences`
 * where it may hold what can't be evaluated before synthesis.
 */
export function resolveForReading(scope: IConstruct, value: unknown): unknown {
  return mayEvaluateAll(scope) ? Stack.of(scope).resolve(value) : resolveWithReferences(scope, value).value;
}

/** The properties of a resource, and the rest of its entry in the template. */
export function resolveResource(resource: CfnResource): Resolved & { readonly entry: TemplateEntry } {
  const resolved = resolveWithReferences(resource, unresolvedEntry(resource));
  return { ...resolved, entry: resolved.value as TemplateEntry };
}

/** The same, evaluated as by `evaluate`. */
export function evaluateResource(resource: CfnResource): TemplateEntry {
  return evaluate(resource, unresolvedEntry(resource)) as TemplateEntry;
}

/** The same, as the template will have it, once the CDK has prepared the app. */
export function templateEntryOf(resource: CfnResource): TemplateEntry {
  return new TemplateEvaluation(Stack.of(resource)).resolve(unresolvedEntry(resource)) as TemplateEntry;
}

/** A resource's entry in the template, without its logical id, which takes a hash each time that it is resolved. */
function unresolvedEntry(resource: CfnResource): unknown {
  return entryOf(resource._toCloudFormation());
}

export interface TemplateEntry {
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
}

/** The one resource that a `CfnResource` contributes to a template. */
export function entryOf(contribution: unknown): TemplateEntry {
  const { Resources = {} } = contribution as { Resources?: Record<string, TemplateEntry> };
  return Object.values(Resources)[0] ?? {};
}

/** The logical ids that a template's entry names, in `DependsOn` or in its properties. */
export function logicalIdsIn({ DependsOn = [], Properties }: TemplateEntry): string[] {
  return [...[DependsOn].flat(), ...namedIn(Properties).map(({ name }) => name)];
}

/** What `Ref`, `Fn::GetAtt` and the text of `Fn::Sub` name. For `Ref`, the attribute is the last part of the name. */
export function namedIn(value: unknown): { readonly name: string; readonly attribute: string }[] {
  const names = JSON.stringify(value ?? null).matchAll(
    /"Ref":"([^"]+)"|"Fn::GetAtt":(?:\["([^"]+)"(?:,"([^"]+)")?|"([^".]+)\.([^"]+)")|\$\{(\w+)(?:\.([^}]+))?\}/g,
  );
  return Array.from(names, ([, ref, target, attribute, dotted, dottedAttribute, substituted, substitutedAttribute]) => {
    const name = ref ?? target ?? dotted ?? substituted ?? '';
    return {
      name,
      attribute: attribute ?? dottedAttribute ?? substitutedAttribute ?? name.slice(name.lastIndexOf('.') + 1),
    };
  });
}

/**
 * Whether a value refers to a resource of the scope's own stack or of one nested below it, rather than to a literal, a
 * parameter or an import.
 */
export function refersToOwnStack(scope: IConstruct, value: unknown): boolean {
  return isOfOwnStack(scope, resolveWithReferences(scope, value));
}

/** The same of a value that is resolved already. */
export function isOfOwnStack(scope: IConstruct, resolved: Resolved): boolean {
  const own = Stack.of(scope);
  return resourcesIn(resolved).some(({ stack }) => stack === own || isNestedBelow(stack, own));
}

function isNestedBelow(stack: Stack, ancestor: Stack): boolean {
  const parent = stack.nestedStackParent;
  return parent !== undefined && (parent === ancestor || isNestedBelow(parent, ancestor));
}

/**
 * Escapes a literal for the resource of a policy, where `*`, `?` and `$` have a special meaning.
 *
 * @param special those that the literal doesn't mean so
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
 */
export function escapeForPolicy(literal: string, special = /[*?$]/g): string {
  return Token.isUnresolved(literal) ? literal : literal.replace(special, '${$&}');
}
