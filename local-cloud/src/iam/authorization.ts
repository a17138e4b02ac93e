import { runSimulation } from '@cloud-copilot/iam-simulate';
import { ServiceError } from '../service-error';
import type { PolicyDocument } from './policy-document';
import type { Session } from './access-keys';

export interface Circumstances {
  /** The keys that conditions of policies look at, such as `kms:ViaService`. */
  readonly context?: Readonly<Record<string, string>>;
  /** The policy of the resources themselves. */
  readonly resourcePolicy?: PolicyDocument;
}

/**
 * Allows a call if the caller's policies, as they are now, allow the action on every one of the resources.
 *
 * @throws ServiceError AccessDeniedException in the words of AWS
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export async function authorize(
  caller: Session,
  action: string,
  resources: readonly string[],
  circumstances: Circumstances = {},
): Promise<void> {
  for (const resource of resources) {
    if (!(await isAllowed(caller, action, resource, circumstances))) {
      throw new ServiceError(
        'AccessDeniedException',
        `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} ` +
          `because no identity-based policy allows the ${action} action`,
      );
    }
  }
}

async function isAllowed(
  { arn, identity }: Session,
  action: string,
  resource: string,
  { context = {}, resourcePolicy }: Circumstances,
): Promise<boolean> {
  const accountId = arn.split(':')[4] ?? '';
  const result = await runSimulation(
    {
      request: {
        principal: arn,
        action,
        resource: { resource, accountId },
        // Every resource is of the one account that there is.
        contextVariables: { 'aws:ResourceAccount': accountId, ...context },
      },
      identityPolicies: identity.policies,
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy,
    },
    {},
  );
  if (result.resultType === 'error') {
    throw new Error(`IAM can't evaluate ${action} on ${resource}: ${JSON.stringify(result.errors)}`);
  }
  return result.overallResult === 'Allowed';
}
