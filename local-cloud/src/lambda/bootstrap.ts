/**
 * The Node.js runtime: what runs inside an execution environment, copied there as one CommonJS file.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html
 */
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';

type Handler = (event: unknown, context: object) => unknown;

const { env } = process;
env.AWS_EXECUTION_ENV = `AWS_Lambda_nodejs${process.versions.node.replace(/\..*/, '')}.x`;

let requestId: string | undefined;
let failHandler: (error: Error) => void = () => undefined;

class RuntimeError extends Error {
  constructor(type: string, message: string) {
    super(message);
    this.name = `Runtime.${type}`;
  }
}

/** Console lines carry time, request id and level; line ends inside of one are `\r`, so that it stays one log event. */
function patchConsole(): void {
  for (const method of ['trace', 'debug', 'log', 'info', 'warn', 'error'] as const) {
    const level = method === 'log' ? 'INFO' : method.toUpperCase();
    console[method] = (...values: unknown[]) => {
      const line = [new Date().toISOString(), String(requestId), level, format(...values)].join('\t');
      process.stdout.write(`${line.replaceAll('\n', '\r')}\n`);
    };
  }
}

/** Not with `fetch`: it gives up after five minutes, and the next event may be hours away. */
function call(method: 'GET' | 'POST', resource: string, body?: string) {
  return new Promise<{ headers: http.IncomingHttpHeaders; body: string }>((resolve, reject) => {
    const url = `http://${String(env.AWS_LAMBDA_RUNTIME_API)}/2018-06-01/runtime${resource}`;
    const request = http.request(url, { method, agent: false }, (response) => {
      text(response).then((answer) => resolve({ headers: response.headers, body: answer }), reject);
    });
    request.on('error', reject).end(body);
  });
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html#runtimes-api-invokeerror */
async function report(title: string, error: unknown): Promise<void> {
  const isError = error instanceof Error;
  const [errorType, errorMessage] = isError ? [error.name, error.message] : [typeof error, String(error)];
  const failure = { errorType, errorMessage, trace: isError ? error.stack?.split('\n') : [] };
  console.error(title, `\t${JSON.stringify(failure)}`);
  await call('POST', requestId ? `/invocation/${requestId}/error` : '/init/error', JSON.stringify(failure));
}

function crash(title: string, error: unknown, exitCode: number): void {
  void report(title, error).finally(() => process.exit(exitCode));
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html */
async function loadHandler(): Promise<Handler> {
  const name = String(env._HANDLER);
  const [, module, property] = /^([^.]+)\.(.+)$/.exec(path.basename(name)) ?? [];
  if (!module || !property || name.includes('..')) {
    throw new RuntimeError('MalformedHandlerName', 'Bad handler');
  }
  const base = path.resolve(String(env.LAMBDA_TASK_ROOT), path.dirname(name), module);
  const file = [`${base}.js`, `${base}.mjs`, `${base}.cjs`].find((candidate) => fs.existsSync(candidate));
  if (!file) {
    throw new RuntimeError('ImportModuleError', `Error: Cannot find module '${module}'`);
  }
  const handler = select(await load(file), property);
  if (typeof handler !== 'function') {
    throw new RuntimeError('HandlerNotFound', `${name} is undefined or not exported`);
  }
  if (handler.length > 2) {
    throw new RuntimeError('CallbackHandlerDeprecated', 'callback handlers are not supported');
  }
  return handler as Handler;
}

async function load(file: string): Promise<unknown> {
  try {
    return (await import(pathToFileURL(file).href)) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new RuntimeError('UserCodeSyntaxError', String(error));
    }
    const missing = (error as NodeJS.ErrnoException).code?.endsWith('MODULE_NOT_FOUND');
    throw missing ? new RuntimeError('ImportModuleError', String(error)) : error;
  }
}

/** The export named by a path such as `handler` or `nested.handler`; what CommonJS exports is in `default` too. */
function select(module: unknown, property: string): unknown {
  const find = (from: unknown) =>
    property.split('.').reduce((value, key) => (value as Record<string, unknown> | undefined)?.[key], from);
  return find(module) ?? find((module as { default?: unknown }).default);
}

async function invoke(handler: Handler): Promise<void> {
  const next = await call('GET', '/invocation/next');
  const header = (name: string) => String(next.headers[`lambda-runtime-${name}`]);
  requestId = header('aws-request-id');
  try {
    const stalled = new Promise((_, reject) => (failHandler = reject));
    const result = await Promise.race([handler(JSON.parse(next.body), context(header)), stalled]);
    await call('POST', `/invocation/${requestId}/response`, JSON.stringify(result === undefined ? null : result));
  } catch (error) {
    await report('Invoke Error', error);
  }
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
function context(header: (name: string) => string): object {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: header('invoked-function-arn'),
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    awsRequestId: header('aws-request-id'),
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => Number(header('deadline-ms')) - Date.now(),
  };
}

async function main(): Promise<void> {
  patchConsole();
  process.on('uncaughtException', (error) => crash('Uncaught Exception', error, 129));
  process.on('unhandledRejection', (reason) =>
    crash('Unhandled Promise Rejection', new RuntimeError('UnhandledPromiseRejection', String(reason)), 128),
  );
  const stalled = new RuntimeError('NodeJsExit', 'the promise of the handler can never settle');
  process.on('beforeExit', () => failHandler(stalled));
  const handler = await loadHandler().catch((error: unknown) => crash('Init Error', error, 1));
  while (handler) {
    await invoke(handler);
  }
}

void main();
