import { ResourceFailure } from '../errors';
import type { ResourceResult } from '../resource-handler';
import type { Stack } from '../stack/stack';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html#aws-resource-cloudformation-stack-return-values */
export function resultOf({ id, outputs }: Stack): ResourceResult {
  return { physicalId: id, attributes: Object.fromEntries(outputs.map(({ key, value }) => [`Outputs.${key}`, value])) };
}

export function notCreated({ id, statusReason = '' }: Stack): ResourceFailure {
  return new ResourceFailure(`Embedded stack ${id} was not successfully created: ${statusReason}`, id);
}

export function notUpdated({ id, status, statusReason = '' }: Stack): Error {
  return new Error(
    `Embedded stack ${id} was not successfully updated. Currently in ${status} with reason: ${statusReason}`,
  );
}

export function notDeleted({ id, statusReason = '' }: Stack): Error {
  return new Error(`Embedded stack ${id} was not successfully deleted: ${statusReason}`);
}
