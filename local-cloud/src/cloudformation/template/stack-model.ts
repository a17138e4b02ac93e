import { ValidationError } from '../errors';
import { assertAcyclic } from '../graph';
import type { Properties } from '../resource-handler';
import { Conditions } from './conditions';
import type { ParameterValues } from './parameters';
import { assertFunctionsKnown, referencesIn } from './references';
import { assertRules } from './rules';
import { TemplateScope, type Environment } from './scope';
import type { DeletionPolicy, OutputDeclaration, ResourceDeclaration, Template } from './template';

export interface ResourceDefinition {
  readonly logicalId: string;
  readonly resourceType: string;
  /** With functions, but without `Fn::If`. */
  readonly properties: Properties;
  readonly metadata: unknown;
  readonly dependencies: readonly string[];
  readonly deletionPolicy: DeletionPolicy;
  readonly updateReplacePolicy: DeletionPolicy;
}

export interface OutputDefinition {
  readonly key: string;
  readonly value: unknown;
  readonly description?: string;
  readonly exportName?: unknown;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Tag.html */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** A template with its parameters and conditions settled: what the stack consists of. */
export interface StackModel {
  readonly template: Template;
  readonly parameters: ParameterValues;
  readonly tags: readonly Tag[];
  readonly scope: TemplateScope;
  readonly resources: ReadonlyMap<string, ResourceDefinition>;
  readonly outputs: readonly OutputDefinition[];
}

export function buildModel(
  template: Template,
  parameters: ParameterValues,
  tags: readonly Tag[],
  environment: Environment,
): StackModel {
  for (const { Properties } of Object.values(template.Resources)) {
    assertFunctionsKnown(Properties);
  }
  assertFunctionsKnown(template.Outputs);
  assertFunctionsKnown(template.Conditions);
  assertFunctionsKnown(template.Rules, ['Fn::Contains']);

  const scope = new TemplateScope(template, parameters, environment);
  const conditions = new Conditions(template.Conditions ?? {}, scope);
  assertRules(template, conditions);

  const isIncluded = ([, { Condition }]: [string, { readonly Condition?: string }]): boolean =>
    Condition === undefined || conditions.isTrue(Condition);
  const declarations = new Map(Object.entries(template.Resources).filter(isIncluded));
  const resources = new Map(
    [...declarations].map(([id, declaration]) => [id, resourceDefinition(id, declaration, conditions, template)]),
  );
  const outputs = Object.entries(template.Outputs ?? {})
    .filter(isIncluded)
    .map(([key, declaration]) => outputDefinition(key, declaration, conditions));

  for (const { properties } of resources.values()) {
    assertResolved(properties, resources, scope, 'Resources');
  }
  for (const { value, exportName } of outputs) {
    assertResolved([value, exportName], resources, scope, 'Outputs');
  }

  const ordered = withDependencies(resources);
  assertAcyclic(new Map([...ordered].map(([id, { dependencies }]) => [id, dependencies])));
  return { template, parameters, tags, scope, resources: ordered, outputs };
}

function resourceDefinition(
  logicalId: string,
  declaration: ResourceDeclaration,
  conditions: Conditions,
  template: Template,
): ResourceDefinition {
  const explicit = [declaration.DependsOn ?? []].flat();
  const unknown = explicit.filter((name) => !(name in template.Resources));
  if (unknown.length > 0) {
    throw unresolved(unknown, 'Resources');
  }
  return {
    logicalId,
    resourceType: declaration.Type,
    properties: conditions.expand(declaration.Properties ?? {}) as Properties,
    metadata: declaration.Metadata,
    dependencies: [...explicit, ...referencesIn(conditions.expand(declaration.Metadata)).map(({ name }) => name)],
    deletionPolicy: declaration.DeletionPolicy ?? 'Delete',
    updateReplacePolicy: declaration.UpdateReplacePolicy ?? 'Delete',
  };
}

function outputDefinition(key: string, declaration: OutputDeclaration, conditions: Conditions): OutputDefinition {
  return {
    key,
    value: conditions.expand(declaration.Value),
    description: declaration.Description,
    exportName: conditions.expand(declaration.Export?.Name),
  };
}

/**
 * `DependsOn` and every reference make an order; a dependency on a resource whose condition is false does not.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html
 */
function withDependencies(resources: ReadonlyMap<string, ResourceDefinition>): Map<string, ResourceDefinition> {
  const withReferences = (definition: ResourceDefinition): ResourceDefinition => {
    const names = [...definition.dependencies, ...referencesIn(definition.properties).map(({ name }) => name)];
    return { ...definition, dependencies: [...new Set(names)].filter((name) => resources.has(name)) };
  };
  return new Map([...resources].map(([id, definition]) => [id, withReferences(definition)]));
}

function assertResolved(
  value: unknown,
  resources: ReadonlyMap<string, ResourceDefinition>,
  scope: TemplateScope,
  block: string,
): void {
  const unknown = referencesIn(value).filter(({ name, attribute }) =>
    attribute === undefined ? !resources.has(name) && !scope.has(name) : !resources.has(name),
  );
  if (unknown.length > 0) {
    throw unresolved([...new Set(unknown.map(({ name }) => name))], block);
  }
}

function unresolved(names: readonly string[], block: string): ValidationError {
  return new ValidationError(
    `Template format error: Unresolved resource dependencies [${names.join(', ')}] in the ${block} block of the template`,
  );
}
