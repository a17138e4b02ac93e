import { ValidationError } from '../errors';
import type { Properties } from '../resource-handler';
import type { Environment } from '../template/scope';
import type { ResourceDefinition, StackModel } from '../template/stack-model';
import type { Capability } from '../template/capabilities';
import { EventLog, type StackEvent } from './events';
import { mask, textsIn } from './masking';
import type { ResourceStatus, StackStatus } from './status';

export const STACK_TYPE = 'AWS::CloudFormation::Stack';

/** A resource of a stack at one moment; a change makes a new one. */
export interface StackResource {
  readonly definition: ResourceDefinition;
  /** Whether its type has a handler. Without one it is a record that does nothing. */
  readonly modelled: boolean;
  readonly physicalId?: string;
  readonly ref?: string;
  /** Resolved, as last sent to the handler. */
  readonly properties: Properties;
  /** Once an update has failed, what the resource has to go back to; until then nobody knows what it is like. */
  readonly lastStable?: StackResource;
  readonly attributes: Properties;
  readonly noEcho: boolean;
  readonly status: ResourceStatus;
  readonly statusReason?: string;
  readonly timestamp: Date;
}

export type UnreportedResource = Omit<StackResource, 'status' | 'statusReason' | 'timestamp'>;

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

export interface RollbackOptions {
  /** Whether `Retain` does not retain what is new. */
  readonly retainExceptOnCreate?: boolean;
  /** When a rollback that has failed is continued, those that stay as they are: `Id`, or `NestedStackName.Id`. */
  readonly resourcesToSkip?: readonly string[];
}

export function assertRoot({ id, root }: Stack): void {
  if (root.id !== id) {
    throw new ValidationError(`Stack:${id} is a nested stack. Use the root stack ${root.id} instead.`);
  }
}

/** What is known of a stack. Operations change it; nothing else does. */
export class Stack {
  readonly creationTime = new Date();
  readonly resources = new Map<string, StackResource>();
  /** The model before the first of the updates that have neither succeeded nor been rolled back. */
  lastStable?: StackModel;
  /** By logical id, what those updates have replaced. It exists until the clean-up, so that a rollback can go back. */
  readonly replaced = new Map<string, StackResource>();
  /** Other physical resources that exist, or may exist, beside those on record. The next clean-up deletes them. */
  readonly abandoned = new Set<StackResource>();
  readonly log: EventLog;
  /** Of a nested stack, the stack around it. */
  parent?: Stack;
  outputs: readonly StackOutput[] = [];
  /** Names of the exports that its resources and outputs use. */
  imports: ReadonlySet<string> = new Set();
  capabilities: readonly Capability[] = [];
  /** Of a root stack; those nested in it have it, too. */
  terminationProtection = false;
  /** Of the present operation: whether what has succeeded is kept when something fails. */
  disableRollback = false;
  /** Of the present operation: how it rolls back the stack and those nested in it. */
  rollbackOptions: RollbackOptions = {};
  lastUpdatedTime?: Date;
  deletionTime?: Date;
  status: StackStatus = 'CREATE_IN_PROGRESS';
  statusReason?: string;
  private readonly secrets = new Set<string>();

  constructor(
    readonly environment: Environment,
    private currentModel: StackModel,
    onEvent: (event: StackEvent) => void,
  ) {
    this.model = currentModel;
    this.log = new EventLog(environment.stackId, environment.stackName, onEvent);
  }

  get id(): string {
    return this.environment.stackId;
  }

  get name(): string {
    return this.environment.stackName;
  }

  get root(): Stack {
    return this.parent?.root ?? this;
  }

  isIn(stack: Stack): boolean {
    return this === stack || this.parent?.isIn(stack) === true;
  }

  get model(): StackModel {
    return this.currentModel;
  }

  set model(model: StackModel) {
    this.currentModel = model;
    for (const { noEcho, ref } of model.parameters.values()) {
      if (noEcho) {
        this.addSecrets(ref);
      }
    }
  }

  /** Whether the present operation tries a rollback again. */
  get isContinued(): boolean {
    return this.root.rollbackOptions.resourcesToSkip !== undefined;
  }

  /** Whether the present operation leaves a resource as it is. */
  skips(logicalId: string): boolean {
    const name = this.parent ? `${this.name}.${logicalId}` : logicalId;
    return this.root.rollbackOptions.resourcesToSkip?.includes(name) === true;
  }

  /** The resources that exist. */
  get present(): StackResource[] {
    return [...this.resources.values()].filter(({ status }) => !['DELETE_COMPLETE', 'DELETE_SKIPPED'].includes(status));
  }

  /** What exists beside the resources on record, and has not come back. */
  get superseded(): StackResource[] {
    return [...this.replaced.values(), ...this.abandoned].filter(
      ({ definition, physicalId }) => this.resources.get(definition.logicalId)?.physicalId !== physicalId,
    );
  }

  /** What is superseded does not exist anymore, or is not the stack's anymore. */
  forget(superseded: StackResource): void {
    this.abandoned.delete(superseded);
    if (this.replaced.get(superseded.definition.logicalId) === superseded) {
      this.replaced.delete(superseded.definition.logicalId);
    }
  }

  transition(status: StackStatus, statusReason?: string): void {
    this.status = status;
    this.statusReason = statusReason;
    if (status.endsWith('ROLLBACK_IN_PROGRESS')) {
      this.log.beginRollback();
    }
    this.log.add({
      logicalId: this.name,
      physicalId: this.id,
      resourceType: STACK_TYPE,
      status,
      reason: statusReason,
    });
  }

  /** Makes an event of a resource's new status, without putting the resource on record. */
  report(resource: UnreportedResource, status: ResourceStatus, statusReason?: string): StackResource {
    const { timestamp } = this.log.add({
      logicalId: resource.definition.logicalId,
      physicalId: resource.physicalId,
      resourceType: resource.definition.resourceType,
      status,
      reason: statusReason,
      properties: mask(resource.properties, [...this.secrets]),
    });
    return { ...resource, status, statusReason, timestamp };
  }

  /** Reports a resource's new status and puts it on record. */
  put(resource: UnreportedResource, status: ResourceStatus, statusReason?: string): StackResource {
    const reported = this.report(resource, status, statusReason);
    this.record(reported);
    return reported;
  }

  record(resource: StackResource): void {
    this.resources.set(resource.definition.logicalId, resource);
    if (resource.noEcho) {
      this.addSecrets(resource.attributes);
    }
  }

  /** Once secret, always secret: events of a rollback show properties of both models. */
  private addSecrets(values: unknown): void {
    for (const text of textsIn(values)) {
      this.secrets.add(text);
    }
  }
}
