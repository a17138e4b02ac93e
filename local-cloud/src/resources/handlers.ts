import type { Account } from '../account';
import type { Assets } from '../assets';
import type { ResourceHandler } from '../cloudformation';
import { bucketHandler } from './bucket';
import { connectionHandler, crawlerHandler, jobHandler } from './glue';
import { policyHandler, roleHandler } from './iam';
import { keyHandler } from './kms';
import { functionHandler } from './lambda';
import { logGroupHandler } from './log-group';
import { managedPolicyHandler } from './managed-policy';
import { METADATA_HANDLER, WAIT_CONDITION_HANDLE_HANDLER } from './no-body';
import { parameterHandler } from './parameter';
import { secretHandler } from './secret';
import { secretTargetAttachmentHandler, type FindResource } from './secret-target-attachment';

/** By type, what CloudFormation does with the resources that are modelled. */
export function resourceHandlers(
  account: Account,
  assets: Assets,
  find: FindResource,
): Readonly<Record<string, ResourceHandler>> {
  const { buckets, functions, glue, kms, logs, managedPolicies, parameterStore, roles, secretsManager } = account;
  return {
    'AWS::CDK::Metadata': METADATA_HANDLER,
    'AWS::CloudFormation::WaitConditionHandle': WAIT_CONDITION_HANDLE_HANDLER,
    'AWS::Glue::Connection': connectionHandler(glue),
    'AWS::Glue::Crawler': crawlerHandler(glue),
    'AWS::Glue::Job': jobHandler(glue),
    'AWS::IAM::ManagedPolicy': managedPolicyHandler(roles, managedPolicies),
    'AWS::IAM::Policy': policyHandler(roles),
    'AWS::IAM::Role': roleHandler(roles, managedPolicies),
    'AWS::KMS::Key': keyHandler(kms),
    'AWS::Lambda::Function': functionHandler(functions, assets),
    'AWS::Logs::LogGroup': logGroupHandler(logs),
    'AWS::S3::Bucket': bucketHandler(buckets),
    'AWS::SSM::Parameter': parameterHandler(parameterStore),
    'AWS::SecretsManager::Secret': secretHandler(secretsManager),
    'AWS::SecretsManager::SecretTargetAttachment': secretTargetAttachmentHandler(secretsManager, find),
  };
}
