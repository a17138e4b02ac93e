import { physicalName } from './physical-name';
import type { ResourceHandler } from './resource-handler';

/** A resource of a type that nobody models: it has a name and does nothing. */
export const INERT_RESOURCE: ResourceHandler = {
  create: ({ stackName, logicalId }) => Promise.resolve({ physicalId: physicalName(stackName, logicalId) }),
  update: ({ physicalId }) => Promise.resolve({ physicalId }),
  delete: () => Promise.resolve(),
};
