import { INERT_RESOURCE } from '../inert-resource';
import type { Properties } from '../resource-handler';
import { requiresReplacement } from '../stack/recreation';
import type { Stack, StackResource, UnreportedResource } from '../stack/stack';
import type { ResourceStatus } from '../stack/status';
import type { ResourceDefinition } from '../template/stack-model';
import { attempt, change, unlessAborted, withResult, type Attempt, type Update } from './attempt';
import { requestFor, type OperationContext } from './context';

/** Why a resource is UPDATE_FAILED that has not failed itself. */
export const UPDATE_CANCELLED = 'Resource update cancelled';

/** @see https://github.com/aws/aws-cdk/issues/30546 */
const REPLACEMENT_REFUSED = 'Replacement type updates not supported on stack with disable-rollback.';

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
    const createOnly = this.context.createOnlyOf(definition.resourceType);
    if (handler.update && !requiresReplacement(createOnly, current.properties, properties)) {
      return this.modify(current, { ...current, definition, properties }, handler.update.bind(handler), signal);
    }
    if (this.stack.disableRollback) {
      this.report(current, properties, 'UPDATE_FAILED', REPLACEMENT_REFUSED);
      return false;
    }
    return this.replace(current, this.fresh(definition, properties), signal);
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
      this.report(
        outcome.untouched ? current : this.failed(current, updating),
        target.properties,
        'UPDATE_FAILED',
        outcome.failure,
      );
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
    this.report(current, fresh.properties, 'UPDATE_IN_PROGRESS', reason);
    const work = this.creation(fresh, signal);
    const outcome = await unlessAborted(work, signal);
    if (!outcome?.result) {
      this.report(current, fresh.properties, 'UPDATE_FAILED', outcome ? outcome.failure : UPDATE_CANCELLED);
      this.whenFinished(work, ({ physicalId }) => {
        if (physicalId !== undefined) {
          this.stack.abandoned.add({ ...current, ...fresh, physicalId });
        }
      });
      return false;
    }
    const replacement = withResult(fresh, outcome.result);
    this.stack.replaced.set(fresh.definition.logicalId, current);
    this.stack.put(replacement, 'UPDATE_IN_PROGRESS', 'Resource creation Initiated');
    this.stack.put(replacement, 'UPDATE_COMPLETE');
    return true;
  }

  /** A resource that has failed to go back has still to go back from where it was. */
  private failed(current: StackResource, updating: StackResource): StackResource {
    const failed = this.stack.status === 'UPDATE_ROLLBACK_IN_PROGRESS' ? current : updating;
    return { ...failed, lastStable: current.lastStable ?? current };
  }

  /** Reports what is done to a resource that stays what it is. */
  private report(current: StackResource, properties: Properties, status: ResourceStatus, reason?: string): void {
    const { statusReason, timestamp } = this.stack.report({ ...current, properties }, status, reason);
    this.stack.record({ ...current, status, statusReason, timestamp });
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
