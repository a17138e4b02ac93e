import type { Account } from '../account';
import { ENVIRONMENT } from '../environment';
import type { ApiContext } from './cloudformation/context';
import { cloudFormationOperations } from './cloudformation/operations';
import { CLOUDTRAIL_OPERATIONS } from './cloudtrail';
import type { Protocols } from './endpoint';
import { JsonProtocol } from './protocols/json';
import { QueryProtocol } from './protocols/query';
import { S3 } from './s3';
import { stsOperations } from './sts';

/** The APIs of the services, by the names that requests to them are signed with. */
export function apisOf(account: Account, cloudFormation: ApiContext): Protocols {
  const { buckets, glue, logs, parameterStore, roles, secretsManager } = account;
  return {
    cloudformation: new QueryProtocol(cloudFormationOperations(cloudFormation)),
    cloudtrail: new JsonProtocol(CLOUDTRAIL_OPERATIONS),
    glue: new JsonProtocol(glue.operations),
    logs: new JsonProtocol(logs.operations),
    s3: new S3(buckets, ENVIRONMENT.region),
    secretsmanager: new JsonProtocol(secretsManager.operations),
    ssm: new JsonProtocol(parameterStore.operations),
    sts: new QueryProtocol(stsOperations(roles, ENVIRONMENT)),
  };
}
