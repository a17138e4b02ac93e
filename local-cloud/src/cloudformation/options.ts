import type { CustomResourceOptions } from './custom-resource/custom-resource';
import type { ResourceHandler } from './resource-handler';
import type { CreateOnlyProperty } from './resource-types/create-only';
import type { StackEvent } from './stack/events';
import type { StackStatus } from './stack/status';
import type { Capability } from './template/capabilities';
import type { Tag } from './template/stack-model';

export interface CloudFormationOptions {
  readonly region: string;
  readonly accountId: string;
  /** @default aws */
  readonly partition?: string;
  /** By type of resource, what models it. Custom resources need none. @default - resources that do nothing */
  readonly handlers?: (resourceType: string) => ResourceHandler | undefined;
  /** By type of resource, what needs a new one when it changes. @default - what AWS's specifications say */
  readonly createOnly?: (resourceType: string) => readonly CreateOnlyProperty[];
  /** Hands an event to a custom resource's function, whose work nobody waits for; throws when there is none. */
  readonly invoke: CustomResourceOptions['invoke'];
  /** The template that lies at a TemplateURL; throws when none does. @default - nested stacks do nothing */
  readonly templateAt?: (url: string) => unknown;
  /** Hears the events of nested stacks, too. */
  readonly onEvent?: (event: StackEvent) => void;
  /** Hears what each operation on a root stack has come to. */
  readonly onResult?: (result: StackResult) => void;
  /** What an SSM parameter holds. @default - there are none */
  readonly ssmParameter?: (name: string) => string | undefined;
  /**
   * How long a failure shows before the rollback begins, in milliseconds. AWS takes its time; whoever looks at events
   * every now and then, as the `cdk` CLI does every two seconds, would miss those of nested stacks.
   * @default 0
   */
  readonly rollbackDelayMs?: number;
  /** How to wait for a custom resource's ServiceTimeout; rejects when the signal is aborted. @default - real time */
  readonly sleep?: CustomResourceOptions['sleep'];
}

export interface StackInput {
  readonly stackName: string;
  readonly template: unknown;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Parameters that keep the value they have. */
  readonly usePreviousValue?: readonly string[];
  readonly capabilities?: readonly Capability[];
  /** @default - none for a new stack; those that it has otherwise */
  readonly tags?: readonly Tag[];
}

export interface DeployInput extends StackInput {
  /** @default false */
  readonly disableRollback?: boolean;
  /** Comes back in the operation's events. */
  readonly clientRequestToken?: string;
}

export interface RollbackStackInput {
  /** Whether new resources are deleted also when their deletion policy is `Retain`. @default false */
  readonly retainExceptOnCreate?: boolean;
  readonly clientRequestToken?: string;
}

export interface ContinueUpdateRollbackInput {
  /** As in `LogicalId` or `NestedStackName.LogicalId`: what has failed to go back and stays as it is. @default - none */
  readonly resourcesToSkip?: readonly string[];
  readonly clientRequestToken?: string;
}

export interface StackResult {
  readonly stackId: string;
  readonly status: StackStatus;
  readonly statusReason?: string;
  /** False when no updates were to be performed. */
  readonly changed: boolean;
  readonly outputs: Readonly<Record<string, string>>;
  /** Types of resources that are inert records, for want of a handler. */
  readonly notModelled: readonly string[];
}
