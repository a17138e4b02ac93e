import type { Assets } from '../assets';
import { physicalName, type ResourceHandler, type ResourceRequest } from '../cloudformation';
import { ENVIRONMENT } from '../environment';
import type { Functions } from '../functions';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
export function functionHandler(functions: Functions, assets: Assets): ResourceHandler {
  const put = async (functionName: string, { properties }: ResourceRequest) => {
    assertRuntime(properties.Runtime as string | undefined);
    const { accountId, region } = ENVIRONMENT;
    const functionArn = `arn:aws:lambda:${region}:${accountId}:function:${functionName}`;
    const code = properties.Code as { S3Bucket: string; S3Key: string; ZipFile?: undefined } | { ZipFile: string };
    const logging = properties.LoggingConfig as { LogGroup?: string } | undefined;
    const reserved = properties.ReservedConcurrentExecutions;
    const variables = properties.Environment as { Variables?: Record<string, string> } | undefined;
    await functions.put(properties.Role as string, {
      functionName,
      functionArn,
      handler: properties.Handler as string,
      codeDirectory:
        code.ZipFile === undefined ? assets.directory(code.S3Bucket, code.S3Key) : assets.inlineDirectory(code.ZipFile),
      timeoutSeconds: Number(properties.Timeout ?? 3),
      memorySizeMb: Number(properties.MemorySize ?? 128),
      environment: variables?.Variables ?? {},
      reservedConcurrentExecutions: reserved === undefined ? undefined : Number(reserved),
      logGroupName: logging?.LogGroup ?? `/aws/lambda/${functionName}`,
    });
    return { physicalId: functionName, attributes: { Arn: functionArn } };
  };
  return {
    create: async (request) =>
      put(
        (request.properties.FunctionName as string | undefined) ?? physicalName(request.stackName, request.logicalId),
        request,
      ),
    update: (request) => put(request.physicalId, request),
    delete: ({ physicalId }) => functions.delete(physicalId),
  };
}

/** So that a function that can't run fails at once, not when nobody answers for it. */
function assertRuntime(runtime = 'nodejs'): void {
  if (!runtime.startsWith('nodejs')) {
    throw new Error(`The runtime ${runtime} is not modelled: functions here are run by Node.js`);
  }
}
