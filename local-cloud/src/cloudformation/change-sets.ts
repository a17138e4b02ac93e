import { randomUUID } from 'node:crypto';
import { AlreadyExistsException, ChangeSetNotFound, InvalidChangeSetStatus, ValidationError } from './errors';
import type { DeployInput, StackInput, StackResult } from './options';
import type { Plan } from './plan';
import type { Change } from './stack/change';
import type { StackRegistry } from './stack/registry';
import type { Stack } from './stack/stack';

export interface CreateChangeSetInput extends StackInput {
  readonly changeSetName: string;
  /** Whether the stack is to be made. @default UPDATE */
  readonly changeSetType?: 'CREATE' | 'UPDATE';
  readonly description?: string;
}

export interface ExecuteChangeSetInput extends Pick<DeployInput, 'disableRollback' | 'clientRequestToken'> {
  /** Can be left out where the change set is given by its ARN. */
  readonly stackName?: string;
  /** Or its ARN. */
  readonly changeSetName: string;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html */
export interface ChangeSetDescription {
  readonly changeSetId: string;
  readonly changeSetName: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly description?: string;
  readonly creationTime: Date;
  readonly status: 'CREATE_COMPLETE' | 'FAILED';
  readonly statusReason?: string;
  readonly executionStatus:
    'UNAVAILABLE' | 'AVAILABLE' | 'EXECUTE_IN_PROGRESS' | 'EXECUTE_COMPLETE' | 'EXECUTE_FAILED' | 'OBSOLETE';
  readonly changes: readonly Change[];
}

export interface StoredChangeSet extends ChangeSetDescription {
  readonly input: StackInput;
  /** How much had happened to the stack when the change set was made. */
  readonly eventCount: number;
}

export interface ChangeSetsHost {
  readonly stacks: StackRegistry;
  readonly plan: (input: DeployInput) => Plan;
  readonly deploy: (input: DeployInput) => Promise<StackResult>;
}

const NO_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/**
 * What is going to be done to stacks, for review. A stack that doesn't exist yet is on record as soon as it has one.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets.html
 */
export class ChangeSets {
  /** All that is kept here, for whoever saves it. */
  readonly records = new Map<string, StoredChangeSet>();

  constructor(private readonly host: ChangeSetsHost) {}

  create(input: CreateChangeSetInput): ChangeSetDescription {
    const { changeSetName, changeSetType = 'UPDATE', description, stackName } = input;
    // Before the stack is: the CLI shows the events since then.
    const creationTime = new Date();
    this.assertType(changeSetType, stackName, changeSetName);
    // Whether a failure rolls back is decided when the change set is executed.
    const { stack, isNew, changeSet } = this.host.plan({ ...input, disableRollback: true });
    if (this.of(stack).some((other) => other.changeSetName === changeSetName)) {
      throw new AlreadyExistsException(
        `ChangeSet ${changeSetName} cannot be created due to a mismatch with existing attribute Name`,
      );
    }
    if (isNew && stack.status !== 'REVIEW_IN_PROGRESS') {
      this.host.stacks.add(stack);
      stack.transition('REVIEW_IN_PROGRESS', 'User Initiated');
    }
    const isEmpty = !isNew && changeSet.isEmpty;
    const changeSetId = `${stack.id.replace(/:stack\/.*/, '')}:changeSet/${changeSetName}/${randomUUID()}`;
    const created: StoredChangeSet = {
      ...{ changeSetId, changeSetName, stackId: stack.id, stackName: stack.name, description },
      ...{ creationTime, changes: changeSet.changes, input, eventCount: stack.log.events.length },
      ...(isEmpty
        ? { status: 'FAILED', statusReason: NO_CHANGES, executionStatus: 'UNAVAILABLE' }
        : { status: 'CREATE_COMPLETE', executionStatus: 'AVAILABLE' }),
    };
    this.records.set(changeSetId, created);
    return created;
  }

  /** @throws ChangeSetNotFound */
  describe(nameOrId: string, stackNameOrId?: string): ChangeSetDescription {
    const changeSet = this.find(nameOrId, stackNameOrId);
    if (!changeSet) {
      throw new ChangeSetNotFound(`ChangeSet [${nameOrId}] does not exist`);
    }
    return { ...changeSet, executionStatus: this.isObsolete(changeSet) ? 'OBSOLETE' : changeSet.executionStatus };
  }

  list(stackNameOrId: string): ChangeSetDescription[] {
    const stack = this.host.stacks.find(stackNameOrId);
    return stack ? this.of(stack).map(({ changeSetId }) => this.describe(changeSetId)) : [];
  }

  /**
   * Does what the change set says. Others of the stack are gone then, for they fit no longer. The operation has begun
   * when the promise is returned.
   */
  async execute({ changeSetName, stackName, ...options }: ExecuteChangeSetInput): Promise<StackResult> {
    const { changeSetId, stackId, executionStatus } = this.describe(changeSetName, stackName);
    const changeSet = this.records.get(changeSetId);
    if (!changeSet || executionStatus !== 'AVAILABLE') {
      throw new InvalidChangeSetStatus(
        `ChangeSet [${changeSetId}] cannot be executed in its current execution status of [${executionStatus}]`,
      );
    }
    const input = { ...changeSet.input, ...options };
    this.host.plan(input); // Refused here, it changes nothing.
    this.forget(stackId);
    const record = (status: ChangeSetDescription['executionStatus']) => {
      this.records.set(changeSetId, { ...changeSet, executionStatus: status });
    };
    record('EXECUTE_IN_PROGRESS');
    const result = await this.host.deploy(input);
    record(['CREATE_COMPLETE', 'UPDATE_COMPLETE'].includes(result.status) ? 'EXECUTE_COMPLETE' : 'EXECUTE_FAILED');
    return result;
  }

  /** One that is not there is no error. */
  delete(nameOrId: string, stackNameOrId?: string): void {
    const changeSet = this.find(nameOrId, stackNameOrId);
    if (changeSet?.executionStatus === 'EXECUTE_IN_PROGRESS') {
      throw new InvalidChangeSetStatus(
        `ChangeSet [${changeSet.changeSetId}] cannot be deleted in its current execution status of [EXECUTE_IN_PROGRESS]`,
      );
    }
    this.records.delete(changeSet?.changeSetId ?? '');
  }

  /** What was being executed has failed. */
  interrupt(): void {
    for (const changeSet of this.records.values()) {
      if (changeSet.executionStatus === 'EXECUTE_IN_PROGRESS') {
        this.records.set(changeSet.changeSetId, { ...changeSet, executionStatus: 'EXECUTE_FAILED' });
      }
    }
  }

  /** Deletes those of a stack. */
  forget(stackId: string): void {
    for (const { changeSetId } of [...this.records.values()].filter((candidate) => candidate.stackId === stackId)) {
      this.records.delete(changeSetId);
    }
  }

  private assertType(type: 'CREATE' | 'UPDATE', stackName: string, changeSetName: string): void {
    const stack = this.host.stacks.find(stackName);
    const exists = stack && stack.status !== 'REVIEW_IN_PROGRESS';
    if (type === 'CREATE' && exists) {
      throw new ValidationError(
        `Stack [${stackName}] already exists and cannot be created again with the changeSet [${changeSetName}].`,
      );
    }
    if (type === 'UPDATE' && !exists) {
      throw new ValidationError(`Stack [${stackName}] does not exist`);
    }
  }

  private of(stack: Stack): StoredChangeSet[] {
    return [...this.records.values()].filter(({ stackId }) => stackId === stack.id);
  }

  private find(nameOrId: string, stackNameOrId?: string): StoredChangeSet | undefined {
    if (nameOrId.startsWith('arn:')) {
      return this.records.get(nameOrId);
    }
    if (stackNameOrId === undefined) {
      throw new ValidationError('StackName must be specified if ChangeSetName is not specified as an ARN.');
    }
    const stack = this.host.stacks.find(stackNameOrId);
    if (!stack) {
      throw new ValidationError(`Stack [${stackNameOrId}] does not exist`);
    }
    return this.of(stack).find(({ changeSetName }) => changeSetName === nameOrId);
  }

  /** Something else has happened to the stack since. */
  private isObsolete({ executionStatus, stackId, eventCount }: StoredChangeSet): boolean {
    const events = this.host.stacks.find(stackId)?.log.events ?? [];
    return executionStatus === 'AVAILABLE' && events.length !== eventCount;
  }
}
