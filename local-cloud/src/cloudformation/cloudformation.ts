import { setTimeout } from 'node:timers/promises';
import { ChangeSets } from './change-sets';
import { CustomResources } from './custom-resource/custom-resources';
import type { Answer } from './custom-resource/response-server';
import {
  describeResources,
  describeResult,
  describeStack,
  type StackDescription,
  type StackResourceDescription,
} from './descriptions';
import { ValidationError } from './errors';
import { NestedStacks } from './nested-stacks/nested-stacks';
import type { OperationContext } from './operations/context';
import { createStack } from './operations/create-stack';
import { deleteStack } from './operations/delete-stack';
import { interrupt } from './operations/interrupt';
import { rollBackStack } from './operations/roll-back-stack';
import { assertSkippable } from './operations/skipped-resources';
import { updateStack } from './operations/update-stack';
import type {
  CloudFormationOptions,
  ContinueUpdateRollbackInput,
  DeployInput,
  RollbackStackInput,
  StackInput,
  StackResult,
} from './options';
import { planFor, type Plan } from './plan';
import type { Properties } from './resource-handler';
import { resourceTypes } from './resource-types/resource-types';
import type { ChangeSet, ResourceTypes } from './stack/changes';
import type { StackEvent } from './stack/events';
import { StackRegistry } from './stack/registry';
import { assertRoot, type RollbackOptions, type Stack } from './stack/stack';
import { assertProtectable, assertRollbackPossible, assertStuck, isInProgress } from './stack/status';

/** CloudFormation of one account and Region, in this process. */
export class CloudFormation {
  readonly changeSets: ChangeSets;
  private readonly stacks = new StackRegistry();
  private readonly customResources: CustomResources;
  private readonly types: ResourceTypes;

  constructor(private readonly options: CloudFormationOptions) {
    const { templateAt } = options;
    const host = {
      stacks: this.stacks,
      plan: (input: DeployInput) => this.plan(input),
      deploy: (input: DeployInput) => this.deploy(input),
      contextOf: (stack: Stack) => this.contextOf(stack),
    };
    this.changeSets = new ChangeSets(host);
    this.customResources = new CustomResources(options);
    const nestedStack = templateAt && new NestedStacks({ ...host, templateAt });
    this.types = resourceTypes({ customResource: this.customResources.handler, nestedStack }, options);
  }

  /** Everything that was put to a response URL, in the order of arrival. */
  get answers(): readonly Answer[] {
    return this.customResources.answers;
  }

  /** All that is kept here, for whoever saves it. */
  get records() {
    return { stacks: this.stacks.records, changeSets: this.changeSets.records };
  }

  /** Goes on after the records have been filled. Operations that were under way have failed. */
  resume(): void {
    for (const stack of this.stacks) {
      stack.log.listen(this.options.onEvent ?? (() => undefined));
      interrupt(stack);
    }
    this.changeSets.interrupt();
  }

  /** In PEM: what a function has to trust to send answers, for instance through NODE_EXTRA_CA_CERTS. */
  caCertificate(): Promise<string> {
    return this.customResources.caCertificate();
  }

  /** What `deploy` would do. Throws a `ValidationError` where AWS refuses the change set. */
  changeSet(input: StackInput): ChangeSet {
    // Whether a failure rolls back is decided when the change set is executed.
    return this.plan({ ...input, disableRollback: true }).changeSet;
  }

  /**
   * Creates or updates a stack; a failed operation is a result like any other. The promise is rejected with a
   * `ValidationError` when nothing has been done. The operation has begun when the promise is returned.
   */
  async deploy(input: DeployInput): Promise<StackResult> {
    const { disableRollback = false } = input;
    const { stack, isNew, model, changeSet } = this.plan(input);
    if (!isNew && changeSet.isEmpty) {
      return describeResult(stack, false, this.stacks);
    }

    this.stacks.add(stack);
    if (isNew) {
      stack.model = model;
    }
    stack.capabilities = input.capabilities ?? [];
    stack.disableRollback = disableRollback;
    stack.root.rollbackOptions = {};
    stack.log.begin(input.clientRequestToken);
    const context = this.contextOf(stack);
    await (isNew ? createStack(context, disableRollback) : updateStack(context, model, disableRollback));
    return this.ended(stack);
  }

  /** Resolves to undefined when there is no such stack, which is no error. */
  async deleteStack(nameOrId: string, clientRequestToken?: string): Promise<StackResult | undefined> {
    const stack = this.stacks.find(nameOrId);
    if (!stack || stack.status === 'DELETE_COMPLETE') {
      return undefined;
    }
    if (stack.root.terminationProtection) {
      throw new ValidationError(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
    }
    if (isInProgress(stack.status)) {
      throw new ValidationError(`Stack [${stack.name}] cannot be deleted while in status ${stack.status}`);
    }
    stack.log.begin(clientRequestToken);
    this.changeSets.forget(stack.id);
    await deleteStack(this.contextOf(stack));
    return this.ended(stack);
  }

  /** Rolls back a creation or updates that have failed with rollback disabled. */
  async rollbackStack(nameOrId: string, input: RollbackStackInput = {}): Promise<StackResult> {
    const { retainExceptOnCreate, clientRequestToken } = input;
    const stack = this.existing(nameOrId);
    assertRoot(stack);
    assertRollbackPossible(stack.id, stack.status);
    return this.rollBack(stack, { retainExceptOnCreate }, clientRequestToken);
  }

  /** Goes on with a rollback that has failed. */
  async continueUpdateRollback(nameOrId: string, input: ContinueUpdateRollbackInput = {}): Promise<StackResult> {
    const { resourcesToSkip = [], clientRequestToken } = input;
    const stack = this.existing(nameOrId);
    assertRoot(stack);
    assertStuck(stack.id, stack.status);
    assertSkippable(this.contextOf(stack), resourcesToSkip);
    return this.rollBack(stack, { resourcesToSkip }, clientRequestToken);
  }

  /** @returns the stack's id */
  updateTerminationProtection(nameOrId: string, enabled: boolean): string {
    const stack = this.existing(nameOrId);
    assertRoot(stack);
    assertProtectable(stack.id, stack.status);
    stack.terminationProtection = enabled;
    return stack.id;
  }

  /** At any time, also during an operation. A deleted stack is known by its id only. */
  describeStack(nameOrId: string): StackDescription | undefined {
    const stack = this.stacks.find(nameOrId);
    return stack && describeStack(stack);
  }

  /** Latest first. */
  listStacks({ withDeleted = false } = {}): StackDescription[] {
    const stacks = [...this.stacks].filter(({ status }) => withDeleted || status !== 'DELETE_COMPLETE');
    return stacks.reverse().map(describeStack);
  }

  /** Latest first. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackEvents.html */
  describeStackEvents(nameOrId: string): StackEvent[] {
    return [...(this.stacks.find(nameOrId)?.log.events ?? [])].reverse();
  }

  describeStackResources(nameOrId: string): StackResourceDescription[] {
    const stack = this.stacks.find(nameOrId);
    return stack ? describeResources(stack) : [];
  }

  /** What a resource of any stack was last given; nothing where there is none. */
  propertiesOf(resourceType: string, physicalId: string): Properties | undefined {
    const resources = [...this.stacks].flatMap((stack) => [...stack.resources.values()]);
    return resources.find((one) => one.definition.resourceType === resourceType && one.physicalId === physicalId)
      ?.properties;
  }

  /** Stops receiving answers. An operation that waits for one goes on waiting, until its ServiceTimeout. */
  close(): Promise<void> {
    return this.customResources.close();
  }

  private plan(input: DeployInput): Plan {
    return planFor(input, { ...this.options, ...this.types, stacks: this.stacks });
  }

  private existing(nameOrId: string): Stack {
    const stack = this.stacks.find(nameOrId);
    if (!stack) {
      throw new ValidationError(`Stack [${nameOrId}] does not exist`);
    }
    return stack;
  }

  private async rollBack(stack: Stack, options: RollbackOptions, clientRequestToken?: string): Promise<StackResult> {
    stack.log.begin(clientRequestToken);
    stack.rollbackOptions = options;
    await rollBackStack(this.contextOf(stack));
    return this.ended(stack);
  }

  private ended(stack: Stack): StackResult {
    const result = describeResult(stack, true, this.stacks);
    this.options.onResult?.(result);
    return result;
  }

  private contextOf(stack: Stack): OperationContext {
    const { rollbackDelayMs = 0 } = this.options;
    return {
      ...{ stack, ...this.types, stacks: this.stacks },
      beforeRollback: async () => {
        if (rollbackDelayMs > 0) {
          await setTimeout(rollbackDelayMs);
        }
      },
    };
  }
}
