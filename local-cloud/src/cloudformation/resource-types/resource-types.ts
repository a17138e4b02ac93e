import { isCustomResource } from '../custom-resource/custom-resource';
import { INERT_RESOURCE } from '../inert-resource';
import type { CloudFormationOptions } from '../options';
import type { ResourceHandler } from '../resource-handler';
import type { ResourceTypes } from '../stack/changes';
import { STACK_TYPE } from '../stack/stack';
import { createOnlyProperties } from './create-only';

/** Types that are part of CloudFormation itself. */
export interface OwnTypes {
  readonly customResource: ResourceHandler;
  readonly nestedStack?: ResourceHandler;
}

/** What is known of each resource type; what nobody models is inert. */
export function resourceTypes(
  { customResource, nestedStack }: OwnTypes,
  { handlers, createOnly = createOnlyProperties }: Pick<CloudFormationOptions, 'handlers' | 'createOnly'>,
): ResourceTypes {
  return {
    handlerFor: (resourceType) => {
      if (isCustomResource(resourceType)) {
        return customResource;
      }
      return (resourceType === STACK_TYPE ? nestedStack : handlers?.(resourceType)) ?? INERT_RESOURCE;
    },
    // A custom resource's provider answers for replacement, by the id that it names.
    createOnlyOf: (resourceType) => (isCustomResource(resourceType) ? [] : createOnly(resourceType)),
  };
}
