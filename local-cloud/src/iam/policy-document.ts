export type PolicyDocument = Readonly<Record<string, unknown>>;

/**
 * What counts of a policy for IAM's quotas: all characters but white space.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
 */
export function sizeOf(document: PolicyDocument): number {
  // White space within a text comes escaped.
  return JSON.stringify(document).replace(/\s|\\[nrtfv]/g, '').length;
}
