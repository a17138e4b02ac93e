import path from 'node:path';
import type { FunctionConfiguration, FunctionHost } from './configuration';

/**
 * All that a function's process knows of its surroundings, but for the folders.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function environmentVariables(
  configuration: FunctionConfiguration,
  host: FunctionHost,
  logStreamName: string,
  runtimeApi: string,
): Record<string, string> {
  return {
    LANG: 'en_US.UTF-8',
    PATH: [path.dirname(host.nodePath ?? process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
    TZ: ':UTC',
    ...configuration.environment,
    ...host.environment,
    _HANDLER: configuration.handler,
    AWS_LAMBDA_FUNCTION_NAME: configuration.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(configuration.memorySizeMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: configuration.logGroupName,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
  };
}
