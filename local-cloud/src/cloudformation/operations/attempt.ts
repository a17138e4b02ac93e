import { messageOf, ResourceFailure, RequestRefused } from '../errors';
import type { ResourceHandler, ResourceResult } from '../resource-handler';
import type { UnreportedResource } from '../stack/stack';
import { requestFor, type OperationContext } from './context';

export type Update = NonNullable<ResourceHandler['update']>;

/** What came of a handler's work. */
export interface Attempt {
  readonly result?: ResourceResult;
  readonly failure?: string;
  /** Of the resource that exists now, even when the work failed. */
  readonly physicalId?: string;
  readonly isInitiated: boolean;
  readonly untouched?: boolean;
}

export async function attempt(work: () => Promise<ResourceResult>): Promise<Attempt> {
  try {
    const result = await work();
    return { result, physicalId: result.physicalId, isInitiated: true };
  } catch (error) {
    const { physicalId, isInitiated = false } = error instanceof ResourceFailure ? error : {};
    return {
      failure: messageOf(error),
      ...{ physicalId, isInitiated },
      untouched: error instanceof RequestRefused,
    };
  }
}

/** Resolves with the outcome, or with undefined at an abort, which comes before the failure that it causes. */
export function unlessAborted(work: Promise<Attempt>, signal: AbortSignal): Promise<Attempt | undefined> {
  const aborted = new Promise<undefined>((resolve) => {
    if (signal.aborted) {
      resolve(undefined);
    }
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  return Promise.race([work, aborted]);
}

/** Has a handler bring a resource from its current properties to those of the target. */
export function change(
  context: OperationContext,
  { physicalId = '', properties: previousProperties }: UnreportedResource,
  { definition, properties }: UnreportedResource,
  update: Update,
  signal: AbortSignal,
): Promise<Attempt> {
  const request = requestFor(context, definition, signal);
  return attempt(() => update({ ...request, physicalId, properties, previousProperties }));
}

export function withResult<T extends UnreportedResource>(resource: T, result: ResourceResult): T {
  const { physicalId, ref, attributes = {}, noEcho = false } = result;
  return { ...resource, physicalId, ref, attributes, noEcho };
}
