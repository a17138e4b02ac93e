import { ResourceFailure, type ResourceResult } from '../cloudformation';

/** What comes of work that is done at once. */
export function promised<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}

/** The rest of what makes a resource; when it fails, CloudFormation has to delete what there is by then. */
export function completed(physicalId: string, work: () => ResourceResult): Promise<ResourceResult> {
  return promised(work).catch((error: unknown) => {
    throw new ResourceFailure(error instanceof Error ? error.message : String(error), physicalId);
  });
}
