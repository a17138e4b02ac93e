import type { Environment } from '../environment';
import { authorize } from '../iam/authorization';
import type { Roles } from '../iam/roles';
import { ServiceError } from '../service-error';
import { parse, type StructureShape } from './constraints';
import type { Operations } from './protocols/protocol';

interface AssumeRoleInput {
  readonly RoleArn: string;
  readonly RoleSessionName: string;
  readonly DurationSeconds?: string;
  readonly ExternalId?: string;
}

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html#API_AssumeRole_RequestParameters */
const ASSUME_ROLE: StructureShape = {
  type: 'structure',
  required: ['RoleArn', 'RoleSessionName'],
  members: {
    RoleArn: { type: 'string', min: 20, max: 2048 },
    RoleSessionName: { type: 'string', min: 2, max: 64, pattern: /^[\w+=,.@-]*$/ },
    DurationSeconds: { type: 'string', pattern: /^\d+$/ },
    ExternalId: { type: 'string', min: 2, max: 1224, pattern: /^[\w+=,.@:/-]*$/ },
  },
};

const ONE_HOUR = '3600';

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html */
export function stsOperations(roles: Roles, { partition, accountId }: Environment): Operations {
  return {
    /** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
    GetCallerIdentity: ({ arn }) => Promise.resolve({ Arn: arn, UserId: userId(arn), Account: accountId }),

    AssumeRole: async (caller, input) => {
      const request = parse(ASSUME_ROLE, { ...input }, 'ValidationError') as unknown as AssumeRoleInput;
      const { RoleArn, RoleSessionName, DurationSeconds = ONE_HOUR, ExternalId } = request;
      const role = roles.getByArn(RoleArn);
      await authorize(caller, 'sts:AssumeRole', [RoleArn], {
        context: ExternalId === undefined ? {} : { 'sts:ExternalId': ExternalId },
        // It is enough if the trust policy names the caller, and not enough if it doesn't trust the caller.
        resourcePolicy: role?.trustPolicy,
      });
      if (role === undefined) {
        // The words don't tell whether there is such a role.
        const problem = `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`;
        throw new ServiceError('AccessDeniedException', problem, 403);
      }
      const arn = `arn:${partition}:sts::${accountId}:assumed-role/${role.roleName}/${RoleSessionName}`;
      const credentials = roles.assume(role, RoleSessionName);
      return {
        AssumedRoleUser: { AssumedRoleId: userId(arn), Arn: arn },
        Credentials: {
          AccessKeyId: credentials.AWS_ACCESS_KEY_ID,
          SecretAccessKey: credentials.AWS_SECRET_ACCESS_KEY,
          SessionToken: credentials.AWS_SESSION_TOKEN,
          Expiration: new Date(Date.now() + Number(DurationSeconds) * 1000),
        },
      };
    },
  };
}

/** The id of a user, or that of a role and the session's name. */
function userId(arn: string): string {
  const [kind = '', , sessionName] = (arn.split(':')[5] ?? '').split('/');
  return kind === 'assumed-role' ? `AROADBQP57FF2AEXAMPLE:${sessionName ?? ''}` : 'AIDACKCEVSQ6C2EXAMPLE';
}
