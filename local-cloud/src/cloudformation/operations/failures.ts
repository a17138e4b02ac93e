import type { Stack } from '../stack/stack';

/** Why a stack's resources keep it from being what its model says, in CloudFormation's words: each ends in a space. */
export function failureOf(stack: Stack): string | undefined {
  const inModel = stack.present.filter(({ definition }) => stack.model.resources.has(definition.logicalId));
  const idsIn = (wanted: string): string[] =>
    inModel.filter(({ status }) => status === wanted).map(({ definition }) => definition.logicalId);
  const sentences = [failedTo('create', idsIn('CREATE_FAILED')), failedTo('update', idsIn('UPDATE_FAILED'))];
  const reason = sentences.filter((sentence) => sentence !== undefined).join('');
  return reason || undefined;
}

export function failedTo(verb: string, logicalIds: readonly string[]): string | undefined {
  return logicalIds.length > 0
    ? `The following resource(s) failed to ${verb}: [${logicalIds.join(', ')}]. `
    : undefined;
}
