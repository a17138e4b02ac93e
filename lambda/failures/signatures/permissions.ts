import type { Signature } from '../diagnosis';
import { ACCESS_DENIED, GLUE_GUIDE, TROUBLESHOOTING } from './links';

/** Permissions that are missing, or not effective yet. */
export const PERMISSIONS: readonly Signature[] = [
  {
    anyOf: ['failed to call ec2:', 'action is unauthorized'],
    category: 'ACCESS_DENIED',
    cause: 'The role that runs the test lacks an action that Glue needs to read the network.',
    nextStep:
      "Grant the role the action that Glue names; with the CDK, 'inVpc: true' of the target grants all of them.",
    link: TROUBLESHOOTING,
  },
  {
    anyOf: ['assume role permissions for glue service'],
    category: 'ACCESS_DENIED',
    cause: 'Glue cannot assume the role that the connection names.',
    nextStep: 'Let glue.amazonaws.com assume the role, and the role that runs the test pass it.',
    link: `${GLUE_GUIDE}/create-an-iam-role.html`,
  },
  {
    // IAM decides before Secrets Manager looks for the secret. A policy for a secret's ARN doesn't match a name that
    // doesn't exist.
    anyOf: ['is not authorized to perform: secretsmanager:getsecretvalue'],
    category: 'ACCESS_DENIED',
    cause:
      'The role that runs the test may not read the secret, was granted it too recently, or the secret does not exist.',
    nextStep:
      "Correct the connection's SECRET_ID; if it is right, pass its secret as 'secret', or grant the role to read it.",
    link: ACCESS_DENIED,
  },
  {
    anyOf: ['is not authorized to perform'],
    category: 'ACCESS_DENIED',
    cause: 'The role that runs the test may not do this, or was granted it too recently.',
    nextStep:
      "Grant the role the action on the resource; check its permissions boundary and the organization's policies for an explicit deny.",
    link: ACCESS_DENIED,
  },
];
