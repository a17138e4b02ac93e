import { messageOf, RequestRefused } from '../errors';
import type { OperationContext } from '../operations/context';
import { createResources } from '../operations/create-stack';
import { deleteStack } from '../operations/delete-stack';
import { ResourceOperations } from '../operations/resource-operations';
import { StackUpdate } from '../operations/update-stack';
import type { DeployInput } from '../options';
import { physicalName } from '../physical-name';
import type { Plan } from '../plan';
import type {
  ResourceDeleteRequest,
  ResourceHandler,
  ResourceRequest,
  ResourceResult,
  ResourceUpdateRequest,
} from '../resource-handler';
import type { StackRegistry } from '../stack/registry';
import type { Stack } from '../stack/stack';
import { parametersOf } from './parameters';
import { notCreated, notDeleted, notUpdated, resultOf } from './results';

const MAX_STACK_NAME_LENGTH = 128;

export interface NestedStacksHost {
  readonly stacks: StackRegistry;
  readonly templateAt: (url: string) => unknown;
  readonly plan: (input: DeployInput) => Plan;
  readonly contextOf: (stack: Stack) => OperationContext;
}

interface OpenUpdate {
  readonly steps: StackUpdate;
  rollback?: Promise<void>;
  /** Whether the stack around has it on record as rolled back. */
  isRolledBack?: boolean;
}

/**
 * Stacks that are resources of other stacks. What has become of an update is decided by the stack around: until then
 * its clean-up waits, and it can be rolled back. A nested stack that cannot be created is deleted by the stack around.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html
 */
export class NestedStacks implements ResourceHandler {
  readonly nested = {
    isOpen: (stackId: string) => this.isOpen(stackId),
    cleanUp: (stackId: string) => this.cleanUp(stackId),
  };
  private readonly updates = new Map<string, OpenUpdate>();
  /** By stack id, what a failed creation was doing beside. */
  private readonly unfinished = new Map<string, Promise<void>>();

  constructor(private readonly host: NestedStacksHost) {}

  async create(request: ResourceRequest): Promise<ResourceResult> {
    const { stack } = this.plan(physicalName(request.stackName, request.logicalId, MAX_STACK_NAME_LENGTH), request);
    this.host.stacks.add(stack);
    const context = this.host.contextOf(stack);
    const operations = new ResourceOperations(context);
    const failure = await createResources(context, operations, optionsOf(stack, request));
    if (failure !== undefined) {
      this.unfinished.set(stack.id, operations.finished());
      stack.transition('CREATE_FAILED', failure);
      throw notCreated(stack);
    }
    return resultOf(stack);
  }

  async update(request: ResourceUpdateRequest): Promise<ResourceResult> {
    if (this.around(request).status === 'UPDATE_ROLLBACK_IN_PROGRESS') {
      return this.rollBack(this.existing(request.physicalId));
    }
    const { stack, model, changeSet } = this.planUpdate(request);
    if (changeSet.isEmpty) {
      return resultOf(stack);
    }
    const update = this.open(stack);
    const failure = await update.steps.apply(model, optionsOf(stack, request));
    if (failure === undefined) {
      return resultOf(stack);
    }
    if (stack.disableRollback) {
      await update.steps.stop(failure);
      this.updates.delete(stack.id);
    } else {
      update.rollback = update.steps.rollBack(failure);
    }
    throw notUpdated(stack);
  }

  async delete({ physicalId }: ResourceDeleteRequest): Promise<void> {
    const stack = this.host.stacks.find(physicalId);
    if (!stack || stack.status === 'DELETE_COMPLETE') {
      return;
    }
    const update = this.updates.get(physicalId);
    await Promise.all([this.unfinished.get(physicalId), update?.rollback]);
    this.updates.delete(physicalId);
    await deleteStack(this.host.contextOf(stack));
    if (stack.status === 'DELETE_FAILED') {
      throw notDeleted(stack);
    }
  }

  /** An update is open until the stack around has succeeded or been rolled back, be it operations later. */
  private isOpen(stackId: string): boolean {
    return this.existing(stackId).lastStable !== undefined && !this.updates.get(stackId)?.isRolledBack;
  }

  private open(stack: Stack): OpenUpdate {
    const update: OpenUpdate = { steps: new StackUpdate(this.host.contextOf(stack)) };
    this.updates.set(stack.id, update);
    return update;
  }

  private async rollBack(stack: Stack): Promise<ResourceResult> {
    const update = this.updates.get(stack.id) ?? this.open(stack);
    if (stack.isContinued && stack.status === 'UPDATE_ROLLBACK_FAILED') {
      update.rollback = undefined;
    }
    update.rollback ??= update.steps.rollBack();
    await update.rollback;
    if (stack.status === 'UPDATE_ROLLBACK_FAILED') {
      throw notUpdated(stack);
    }
    update.isRolledBack = true;
    return resultOf(stack);
  }

  private async cleanUp(stackId: string): Promise<void> {
    await this.updates.get(stackId)?.steps.cleanUp();
    this.updates.delete(stackId);
  }

  /** What the API refuses has changed nothing. */
  private planUpdate(request: ResourceUpdateRequest): Plan {
    try {
      return this.plan(request.physicalId, request);
    } catch (error) {
      throw new RequestRefused(messageOf(error));
    }
  }

  private plan(stackName: string, request: ResourceRequest): Plan {
    const around = this.around(request);
    const { capabilities, disableRollback, model } = around;
    const template = this.host.templateAt(String(request.properties.TemplateURL));
    const parameters = parametersOf(request.properties);
    const plan = this.host.plan({ stackName, template, parameters, capabilities, tags: model.tags, disableRollback });
    Object.assign(plan.stack, { capabilities, disableRollback, parent: around });
    return plan;
  }

  private around({ stackId }: ResourceRequest): Stack {
    return this.existing(stackId);
  }

  private existing(stackId: string): Stack {
    const stack = this.host.stacks.find(stackId);
    if (!stack) {
      throw new Error(`no stack ${stackId}`);
    }
    return stack;
  }
}

function optionsOf({ disableRollback }: Stack, { signal }: ResourceRequest) {
  return { cancelOnFailure: !disableRollback, signal };
}
