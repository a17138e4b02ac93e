import { INERT_RESOURCE } from '../inert-resource';
import type { Properties, ResourceHandler, ResourceResult } from '../resource-handler';
import { requiresReplacement } from '../stack/recreation';
import type { Stack, StackResource, UnreportedResource } from '../stack/stack';
import type { ResourceDefinition } from '../template/stack-model';
import { attempt, unlessAborted, type Attempt } from './attempt';
import { requestFor, type OperationContext } from './context';

export type Update = NonNullable<ResourceHandler['update']>;

/** Creates and updates the resources of one stack operation. Each resolves to whether it succeeded. */
export class ResourceOperations {
  /** By logical id, what was replaced. It exists until the clean-up, so that a rollback can go back to it. */
  readonly replaced = new Map<string, StackResource>();
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
    const createOnly = this.context.createOnlyOf(definition.resourceType);
    return handler.update && !requiresReplacement(createOnly, current.properties, properties)
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
    const updating = this.stack.put(target, 'UPDATE_IN_PROGRESS');
    const work = change(this.context, current, target, update, signal);
    const outcome = await unlessAborted(work, signal);
    if (!outcome) {
      const cancelled = this.stack.put(updating, 'UPDATE_FAILED', 'Resource update cancelled');
      this.whenFinished(work, ({ result }) => {
        if (result) {
          this.stack.record(this.moved(current, withResult(cancelled, result)));
        }
      });
      return false;
    }
    if (!outcome.result) {
      this.stack.put(outcome.untouched ? current : updating, 'UPDATE_FAILED', outcome.failure);
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
      const failed = this.stack.put(current, 'UPDATE_FAILED', outcome ? outcome.failure : 'Resource update cancelled');
      this.whenFinished(work, ({ physicalId }) => {
        if (physicalId !== undefined) {
          this.stack.abandoned.push({ ...failed, ...fresh, physicalId });
        }
      });
      return false;
    }
    const replacement = withResult(fresh, outcome.result);
    this.replaced.set(fresh.definition.logicalId, current);
    this.stack.put(replacement, 'UPDATE_IN_PROGRESS', 'Resource creation Initiated');
    this.stack.put(replacement, 'UPDATE_COMPLETE');
    return true;
  }

  private moved(previous: StackResource, updated: StackResource): StackResource {
    if (updated.physicalId !== previous.physicalId) {
      this.stack.abandoned.push(previous);
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
