import type { PolicyDocument } from './policy-document';

const allow = (...actions: string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
});

/**
 * What policies of AWS allow, by what follows `policy/` in the ARN: those that functions have, and those that the CDK's
 * bootstrap stack names; of the last one, the services that are modelled. Others are on record only, and allow nothing.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export const AWS_POLICIES: Readonly<Record<string, PolicyDocument>> & { readonly AdministratorAccess: PolicyDocument } =
  {
    AdministratorAccess: allow('*'),
    'service-role/AWSLambdaBasicExecutionRole': allow(
      'logs:CreateLogGroup',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ),
    AWSCloudFormationReadOnlyAccess: allow(
      ...['Describe*', 'EstimateTemplateCost', 'Get*', 'List*', 'ValidateTemplate', 'Detect*'].map(
        (action) => `cloudformation:${action}`,
      ),
    ),
    ReadOnlyAccess: allow(
      ...['cloudformation', 'glue', 'lambda', 'logs', 's3', 'ssm'].flatMap((service) =>
        ['Describe*', 'Get*', 'List*'].map((action) => `${service}:${action}`),
      ),
      'cloudtrail:LookupEvents',
      'logs:FilterLogEvents',
    ),
  };
