import type { PolicyDocument } from './policy-document';

/** By what follows `policy/` in the ARN: those of AWS that are modelled. Others are on record only, and allow nothing. */
export const AWS_POLICIES: Readonly<Record<string, PolicyDocument>> = {
  /** @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicExecutionRole.html */
  'service-role/AWSLambdaBasicExecutionRole': {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: '*',
      },
    ],
  },
};
