interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/**
 * What the transform of SAM makes of a template, as far as the example uses it: a function with inline code and inline
 * policies, and the role that SAM adds.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html
 */
export function expandSam(template: unknown): object {
  const { Transform, Resources, ...rest } = template as {
    readonly Transform: string;
    readonly Resources: Readonly<Record<string, Resource>>;
  };
  expect(Transform).toBe('AWS::Serverless-2016-10-31');
  return {
    ...rest,
    Resources: Object.fromEntries(
      Object.entries(Resources).flatMap(([logicalId, resource]) =>
        resource.Type === 'AWS::Serverless::Function' ? expandFunction(logicalId, resource) : [[logicalId, resource]],
      ),
    ),
  };
}

function expandFunction(logicalId: string, { Properties }: Resource): [string, Resource][] {
  const { InlineCode, Policies, ...properties } = Properties;
  const role = `${logicalId}Role`;
  return [
    [
      role,
      {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
          },
          ManagedPolicyArns: [
            { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' },
          ],
          Policies: (Policies as object[]).map((PolicyDocument, index) => ({
            PolicyName: `${role}Policy${index}`,
            PolicyDocument,
          })),
        },
      },
    ],
    [
      logicalId,
      {
        Type: 'AWS::Lambda::Function',
        Properties: { ...properties, Code: { ZipFile: InlineCode }, Role: { 'Fn::GetAtt': [role, 'Arn'] } },
      },
    ],
  ];
}
