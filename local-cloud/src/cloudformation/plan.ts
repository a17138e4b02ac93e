import { randomUUID } from 'node:crypto';
import { ValidationError } from './errors';
import type { CloudFormationOptions, DeployInput } from './options';
import { changeSetFor, type ChangeSet, type ResourceTypes } from './stack/changes';
import type { StackRegistry } from './stack/registry';
import { StackScope } from './stack/scope';
import { Stack } from './stack/stack';
import { assertUpdatable } from './stack/status';
import { assertCapabilities } from './template/capabilities';
import { resolveParameters } from './template/parameters';
import type { Environment } from './template/scope';
import { buildModel, type StackModel } from './template/stack-model';
import { parseTemplate } from './template/template';

/** What a deployment is going to do, with everything checked that can be checked before it begins. */
export interface Plan {
  readonly stack: Stack;
  readonly isNew: boolean;
  readonly model: StackModel;
  readonly changeSet: ChangeSet;
}

export interface PlanContext extends CloudFormationOptions, ResourceTypes {
  readonly stacks: StackRegistry;
}

export function planFor(input: DeployInput, context: PlanContext): Plan {
  const { stackName, parameters = {}, usePreviousValue = [], capabilities = [], disableRollback = false } = input;
  const known = context.stacks.find(stackName);
  const existing = known?.status === 'REVIEW_IN_PROGRESS' ? undefined : known;
  if (existing) {
    assertUpdatable(existing.id, existing.status, disableRollback);
  }
  // The caller may go on to change its template; the stack's must stay.
  const template = parseTemplate(structuredClone(input.template));
  assertCapabilities(template, capabilities);

  const previousParameters = [...(existing?.model.parameters.values() ?? [])];
  const values = resolveParameters(template, {
    given: parameters,
    keep: usePreviousValue,
    previous: Object.fromEntries(previousParameters.map(({ key, value }) => [key, value])),
    ssmParameter: context.ssmParameter ?? (() => undefined),
  });
  const environment = known?.environment ?? newEnvironment(stackName, context);
  const model = buildModel(template, values, input.tags ?? existing?.model.tags ?? [], environment);
  const stack = known ?? new Stack(environment, model, context.onEvent ?? (() => undefined));
  const scope = new StackScope(stack, model, context.stacks);
  return { stack, isNew: !existing, model, changeSet: changeSetFor(stack, model, scope, context) };
}

function newEnvironment(stackName: string, { accountId, region, partition = 'aws' }: PlanContext): Environment {
  if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(stackName)) {
    throw new ValidationError(
      `1 validation error detected: Value '${stackName}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
    );
  }
  const stackId = `arn:${partition}:cloudformation:${region}:${accountId}:stack/${stackName}/${randomUUID()}`;
  return { accountId, region, partition, stackId, stackName };
}
