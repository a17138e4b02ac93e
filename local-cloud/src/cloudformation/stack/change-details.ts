import { isDeepStrictEqual } from 'node:util';
import type { CreateOnlyProperty } from '../resource-types/create-only';
import { asIntrinsic, isRecord } from '../template/intrinsic';
import { referencesIn, type Reference } from '../template/references';
import type { ResourceDefinition, StackModel } from '../template/stack-model';
import type { Cause, ChangeDetail } from './change';
import { assumed, openReferences, type Outlook } from './outlook';
import { recreations, strongest } from './recreation';
import type { Stack, StackResource } from './stack';

/** How properties change: what is certain, then what depends on the update of other resources. */
export function detailsOf(
  stack: Stack,
  { properties: previous }: StackResource,
  definition: ResourceDefinition,
  createOnly: readonly CreateOnlyProperty[],
  outlook: Outlook,
): ChangeDetail[] {
  const changed = recreations(createOnly, previous, assumed(definition.properties, previous, outlook));
  return [
    ...[...changed].map(([name, requiresRecreation]): ChangeDetail => ({
      ...{ name, requiresRecreation, evaluation: 'Static' },
      ...certainCause(stack, definition, name, outlook.model),
    })),
    ...Object.keys(definition.properties).flatMap((name) => openDetails(definition, name, createOnly, outlook)),
  ];
}

/** Of a property that is the same in the template as before, a parameter has changed, or what conditions chose. */
function certainCause(stack: Stack, definition: ResourceDefinition, name: string, model: StackModel): Cause {
  const value = definition.properties[name];
  if (isDeepStrictEqual(value, stack.model.resources.get(definition.logicalId)?.properties[name])) {
    const parameter = referencesIn(value).find(
      (reference) =>
        !isDeepStrictEqual(model.parameters.get(reference.name), stack.model.parameters.get(reference.name)),
    );
    if (parameter) {
      return { changeSource: 'ParameterReference', causingEntity: parameter.name };
    }
  }
  return { changeSource: 'DirectModification' };
}

function openDetails(
  { properties }: ResourceDefinition,
  name: string,
  createOnly: readonly CreateOnlyProperty[],
  outlook: Outlook,
): ChangeDetail[] {
  const affected = createOnly.filter(
    ({ path }) => path[0] === name && openReferences(templateAt(properties, path), outlook).length > 0,
  );
  const requiresRecreation = strongest(affected.map((property) => property.requiresRecreation));
  return openReferences(properties[name], outlook).map((reference) => ({
    ...{ name, requiresRecreation, evaluation: 'Dynamic' },
    ...openCause(reference),
  }));
}

function openCause({ name, attribute }: Reference): Cause {
  return attribute === undefined
    ? { changeSource: 'ResourceReference', causingEntity: name }
    : {
        changeSource: 'ResourceAttribute',
        causingEntity: `${name}${typeof attribute === 'string' ? `.${attribute}` : ''}`,
      };
}

/** What stands at a path, or the function that what stands there comes from. */
function templateAt(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined || asIntrinsic(value)) {
    return value;
  }
  if (name === '*') {
    return typeof value === 'object' && value !== null
      ? Object.values(value).map((item) => templateAt(item, rest))
      : undefined;
  }
  return isRecord(value) ? templateAt(value[name], rest) : undefined;
}
