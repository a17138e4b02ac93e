import type { StackResult } from './options';
import type { Capability } from './template/capabilities';
import type { Tag } from './template/stack-model';
import type { StackRegistry } from './stack/registry';
import type { ResourceStatus, StackStatus } from './stack/status';
import { STACK_TYPE, type Stack, type StackOutput } from './stack/stack';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html */
export interface StackDescription {
  readonly stackId: string;
  readonly stackName: string;
  readonly status: StackStatus;
  readonly statusReason?: string;
  readonly parameters: readonly StackParameter[];
  readonly outputs: readonly StackOutput[];
  readonly capabilities: readonly Capability[];
  readonly tags: readonly Tag[];
  readonly enableTerminationProtection: boolean;
  /** Of a nested stack: the stack around it, and the one that is nested in none. */
  readonly parentId?: string;
  readonly rootId?: string;
  readonly creationTime: Date;
  readonly lastUpdatedTime?: Date;
  readonly deletionTime?: Date;
  /** As it was given, for GetTemplate. */
  readonly template: unknown;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Parameter.html */
export interface StackParameter {
  readonly key: string;
  /** Asterisks for a NoEcho parameter. */
  readonly value: string;
  /** What the SSM parameter named by the value held. */
  readonly resolvedValue?: string;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackResource.html */
export interface StackResourceDescription {
  readonly stackId: string;
  readonly stackName: string;
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly resourceType: string;
  readonly status: ResourceStatus;
  readonly statusReason?: string;
  readonly timestamp: Date;
}

export function describeStack(stack: Stack): StackDescription {
  const { model, status, statusReason, outputs, capabilities, creationTime, lastUpdatedTime, deletionTime } = stack;
  const { parent, root } = stack;
  return {
    ...{ stackId: stack.id, stackName: stack.name, status, statusReason, outputs, capabilities },
    ...{ tags: model.tags, enableTerminationProtection: root.terminationProtection },
    ...{ parentId: parent?.id, rootId: parent && root.id },
    ...{ creationTime, lastUpdatedTime, deletionTime, template: model.template },
    parameters: [...model.parameters.values()].map(({ key, value, resolvedValue, noEcho }) => ({
      key,
      value: noEcho ? '****' : value,
      resolvedValue,
    })),
  };
}

export function describeResources(stack: Stack): StackResourceDescription[] {
  return [...stack.resources.values()].map(({ definition, physicalId, status, statusReason, timestamp }) => ({
    ...{ stackId: stack.id, stackName: stack.name, physicalId, status, statusReason, timestamp },
    ...{ logicalId: definition.logicalId, resourceType: definition.resourceType },
  }));
}

export function describeResult(stack: Stack, changed: boolean, stacks: StackRegistry): StackResult {
  return {
    ...{ stackId: stack.id, status: stack.status, statusReason: stack.statusReason, changed },
    outputs: Object.fromEntries(stack.outputs.map(({ key, value }) => [key, value])),
    notModelled: [...new Set(inertTypes(stack, stacks))].sort(),
  };
}

function inertTypes(stack: Stack, stacks: StackRegistry): string[] {
  return [...stack.resources.values()].flatMap(({ modelled, definition: { resourceType }, physicalId }) => {
    if (!modelled) {
      return [resourceType];
    }
    const nested = resourceType === STACK_TYPE && physicalId !== undefined ? stacks.find(physicalId) : undefined;
    return nested ? inertTypes(nested, stacks) : [];
  });
}
