import { INERT_RESOURCE } from '../inert-resource';
import type { Properties, ResourceHandler, ResourceResult } from '../resource-handler';
import type { Stack, StackResource, UnreportedResource } from '../stack/stack';
import type { ResourceDefinition } from '../template/stack-model';
import { attempt, unlessAborted, type Attempt } from './attempt';
import { requestFor, type OperationContext } from './context';

/** Why a resource is UPDATE_FAILED that has not failed itself. */
export const UPDATE_CANCELLED = 'Resource update cancelled';

export type Update = NonNullable<ResourceHandler['update']>;

/** Creates and updates the resources of one stack operation. Each resolves to whether it succeeded. */
export class ResourceOperations {
  private readonly unfinished: Promise<void>[] = [];
  private readonly stack: Stack;

  constructor(private readonly context: OperationContext) {
    this.stack = context.stack;
  }

  async create(definition: ResourceDefinition, properties: Properties, signal: AbortSignal): Promise<boolean> {
    const resource = this.fresh(definition, properties);
    this.stack.put(resource, 'CREATE_IN_PROGRESS');
    const work = this.creation(resource, signal);
    const outcome = await unlessAborted(work, signal);
    if (!outcome) {
      const cancelled = this.stack.put(resource, 'CREATE_FAILED', 'Resource creation cancelled');
      this.whenFinished(work, ({ physicalId }) => this.stack.record({ ...cancelled, physicalId }));
      return false;
    }
    const { result, failure, physicalId, isInitiated } = outcome;
    const created = result ? withResult(resource, result) : { ...resource, physicalId };
    if (isInitiated) {
      this.stack.put(created, 'CREATE_IN_PROGRESS', 'Resource creation Initiated');
    }
    this.stack.put(created, result ? 'CREATE_COMPLETE' : 'CREATE_FAILED', failure);
    return result !== undefined;
  }

  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html */
  async update(
    current: StackResource,
    definition: ResourceDefinition,
    properties: Properties,
    signal: AbortSignal,
  ): Promise<boolean> {
    const handler = this.context.handlerFor(definition.resourceType);
    return handler.update && !handler.requiresReplacement?.(current.properties, properties)
      ? this.modify(current, { ...current, definition, properties }, handler.update.bind(handler), signal)
      : this.replace(current, this.fresh(definition, properties), signal);
  }

  /** A resource of the stack that does not exist yet. */
  fresh(definition: ResourceDefinition, properties: Properties): UnreportedResource {
    const modelled = this.context.handlerFor(definition.resourceType) !== INERT_RESOURCE;
    return { definition, properties, modelled, attributes: {}, noEcho: false };
  }

  /** Resolves when the work of cancelled resources has ended too, and what it left behind is on record. */
  async finished(): Promise<void> {
    await Promise.all(this.unfinished);
  }

  private async modify(
    current: StackResource,
    target: UnreportedResource,
    update: Update,
    signal: AbortSignal,
  ): Promise<boolean> {
    const updating = this.stack.put({ ...target, lastStable: undefined }, 'UPDATE_IN_PROGRESS');
    const work = change(this.context, current, target, update, signal);
    const outcome = await unlessAborted(work, signal);
    if (!outcome) {
      const cancelled = this.stack.put(updating, 'UPDATE_FAILED', UPDATE_CANCELLED);
      this.whenFinished(work, ({ result }) => {
        if (result) {
          this.stack.record(this.moved(current, withResult(cancelled, result)));
        }
      });
      return false;
    }
    if (!outcome.result) {
      const failed = outcome.untouched ? current : this.failed(current, updating);
      this.stack.put(failed, 'UPDATE_FAILED', outcome.failure);
      return false;
    }
    const updated = this.moved(current, withResult(updating, outcome.result));
    if (updated.physicalId !== current.physicalId) {
      const reason = 'Requested update required the provider to create a new physical resource';
      this.stack.put(updated, 'UPDATE_IN_PROGRESS', reason);
    }
    this.stack.put(updated, 'UPDATE_COMPLETE');
    return true;
  }

  private async replace(current: StackResource, fresh: UnreportedResource, signal: AbortSignal): Promise<boolean> {
    const reason = 'Requested update requires the creation of a new physical resource; hence creating one.';
    this.stack.put(current, 'UPDATE_IN_PROGRESS', reason);
    const work = this.creation(fresh, signal);
    const outcome = await unlessAborted(work, signal);
    if (!outcome?.result) {
      const failed = this.stack.put(current, 'UPDATE_FAILED', outcome ? outcome.failure : UPDATE_CANCELLED);
      this.whenFinished(work, ({ physicalId }) => {
        if (physicalId !== undefined) {
          this.stack.abandoned.add({ ...failed, ...fresh, physicalId });
        }
      });
      return false;
    }
    const replacement = withResult(fresh, outcome.result);
    this.setAside(current);
    this.stack.put(replacement, 'UPDATE_IN_PROGRESS', 'Resource creation Initiated');
    this.stack.put(replacement, 'UPDATE_COMPLETE');
    return true;
  }

  /** A resource that has failed to go back has still to go back from where it was. */
  private failed(current: StackResource, updating: StackResource): StackResource {
    const failed = this.stack.status === 'UPDATE_ROLLBACK_IN_PROGRESS' ? current : updating;
    return { ...failed, lastStable: current.lastStable ?? current };
  }

  /** A rollback goes back to the first of several that have taken each other's place. */
  private setAside(replaced: StackResource): void {
    const { logicalId } = replaced.definition;
    if (this.stack.replaced.has(logicalId)) {
      this.stack.abandoned.add(replaced);
    } else {
      this.stack.replaced.set(logicalId, replaced);
    }
  }

  private moved(previous: StackResource, updated: StackResource): StackResource {
    if (updated.physicalId !== previous.physicalId) {
      this.stack.abandoned.add(previous);
    }
    return updated;
  }

  private creation({ definition, properties }: UnreportedResource, signal: AbortSignal): Promise<Attempt> {
    const handler = this.context.handlerFor(definition.resourceType);
    return attempt(() => handler.create({ ...requestFor(this.context, definition, signal), properties }));
  }

  private whenFinished(work: Promise<Attempt>, then: (outcome: Attempt) => void): void {
    this.unfinished.push(work.then(then));
  }
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
