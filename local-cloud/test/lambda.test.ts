import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { FunctionConfiguration, FunctionHost } from '../src/lambda/configuration';
import { LambdaFunction } from '../src/lambda/lambda-function';
import { isRunning, runScript, until } from './processes';

const FUNCTION_ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:subject';

jest.setTimeout(60_000);

let directory: string;
let lines: string[];
let streams: Set<string>;
let open: LambdaFunction[];

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'lambda-test-'));
  lines = [];
  streams = new Set();
  open = [];
});

afterEach(async () => {
  await Promise.all(open.map((subject) => subject.close()));
  rmSync(directory, { recursive: true });
});

/** A function of one file; `code` is all of it. */
function create(
  code: string,
  configuration: Partial<FunctionConfiguration> = {},
  host: Partial<FunctionHost> = {},
  file = 'index.js',
): LambdaFunction {
  const codeDirectory = path.join(directory, `code-${open.length}`);
  mkdirSync(codeDirectory);
  writeFileSync(path.join(codeDirectory, file), code);
  const subject = new LambdaFunction(
    {
      functionName: 'subject',
      functionArn: FUNCTION_ARN,
      handler: 'index.handler',
      codeDirectory,
      timeoutSeconds: 20,
      memorySizeMb: 256,
      environment: {},
      logGroupName: '/aws/lambda/subject',
      ...configuration,
    },
    {
      environment: { AWS_REGION: 'eu-west-1' },
      retryDelaysMs: [1, 1],
      log: ({ logStreamName, message }) => {
        streams.add(logStreamName);
        lines.push(message);
      },
      ...host,
    },
  );
  open.push(subject);
  return subject;
}

/** What the function's code wrote with `process.stdout.write`, prefixed by `>`. */
const written = () => lines.filter((line) => line.startsWith('>')).map((line) => line.slice(1));
const count = (text: string) => lines.filter((line) => line.includes(text)).length;
const dropped = () => count('dropped: every attempt failed') > 0;

describe('an invocation', () => {
  test('answers with what the handler returns', async () => {
    const subject = create('exports.handler = async (event) => ({ doubled: event.n * 2, text: "é€😀" });');
    expect(await subject.invoke({ n: 21 })).toEqual({ payload: { doubled: 42, text: 'é€😀' } });
  });

  test('answers with null when the handler returns nothing, and takes handlers that are not async', async () => {
    const subject = create('exports.handler = (event) => event.answer;');
    expect(await subject.invoke({})).toEqual({ payload: null });
    expect(await subject.invoke({ answer: 1 })).toEqual({ payload: 1 });
  });

  test('gives the handler its context', async () => {
    const subject = create(`exports.handler = async (event, context) => {
      const remaining = context.getRemainingTimeInMillis();
      return { ...context, inTime: remaining > 10_000 && remaining <= 20_000 };
    };`);
    const { payload } = await subject.invoke({});
    expect(payload).toEqual({
      callbackWaitsForEmptyEventLoop: true,
      functionName: 'subject',
      functionVersion: '$LATEST',
      invokedFunctionArn: FUNCTION_ARN,
      memoryLimitInMB: '256',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      logGroupName: '/aws/lambda/subject',
      logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/) as string,
      inTime: true,
    });
    expect(streams).toEqual(new Set([(payload as { logStreamName: string }).logStreamName]));
  });

  test('loads ES modules and nested exports', async () => {
    const module = create('await null; export const handler = async () => import.meta.url;', {}, {}, 'index.mjs');
    expect((await module.invoke({})).payload).toMatch(/^file:.*\/index\.mjs$/);
    const nested = create('exports.api = { get: async () => "nested" };', { handler: 'index.api.get' });
    expect((await nested.invoke({})).payload).toBe('nested');
  });

  test('is logged as Lambda logs it, lines of the function in between', async () => {
    await create(
      'exports.handler = async () => { console.log("two\\nlines", { a: 1 }); console.error("bad"); };',
    ).invoke({});
    const id = /^START RequestId: (\S+) Version: \$LATEST$/.exec(lines[0] ?? '')?.[1];
    const prefix = `\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z\t${id}\t`;
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(new RegExp(`^${prefix}INFO\ttwo\nlines { a: 1 }$`)),
      expect.stringMatching(new RegExp(`^${prefix}ERROR\tbad$`)),
      `END RequestId: ${id}`,
      expect.stringMatching(
        new RegExp(
          `^REPORT RequestId: ${id}\tDuration: [\\d.]+ ms\tBilled Duration: \\d+ ms\tMemory Size: 256 MB\tInit Duration: [\\d.]+ ms$`,
        ),
      ),
    ]);
  });
});

describe('an execution environment', () => {
  test('is used again while it is warm', async () => {
    const subject = create('let n = 0; exports.handler = async () => ({ pid: process.pid, n: ++n });');
    const first = (await subject.invoke({})).payload as { pid: number; n: number };
    expect((await subject.invoke({})).payload).toEqual({ pid: first.pid, n: 2 });
    expect(count('Init Duration')).toBe(1);
  });

  test('takes one event at a time: others get environments of their own', async () => {
    const subject = create(
      `const { setTimeout } = require("node:timers/promises");
      let running = 0;
      exports.handler = async () => {
        process.stdout.write(">start\\n");
        running += 1;
        while (!require("node:fs").existsSync(process.env.GATE)) await setTimeout(10);
        running -= 1;
        return { pid: process.pid, alone: running === 0 };
      };`,
      { environment: { GATE: path.join(directory, 'gate') } },
    );
    const results = Promise.all([1, 2].map((event) => subject.invoke(event)));
    await until(() => written().length === 2);
    writeFileSync(path.join(directory, 'gate'), '');
    const payloads = (await results).map(({ payload }) => payload as { pid: number; alone: boolean });
    expect(new Set(payloads.map(({ pid }) => pid)).size).toBe(2);
    expect(payloads.every(({ alone }) => alone)).toBe(true);
  });

  test('has no variable but those of Lambda, of the host and of the function', async () => {
    process.env.SECRET_OF_THE_PARENT = 'secret';
    const subject = create('exports.handler = async () => process.env;', {
      environment: { LEVEL: 'debug', AWS_REGION: 'overridden by the host' },
    });
    const variables = (await subject.invoke({})).payload as Record<string, string>;
    delete process.env.SECRET_OF_THE_PARENT;
    // macOS gives the first to every process, shells the others; Lambda's own bootstrap is a shell script, too.
    for (const name of ['__CF_USER_TEXT_ENCODING', 'PWD', 'OLDPWD', 'SHLVL', '_']) {
      Reflect.deleteProperty(variables, name);
    }
    expect(variables).toMatchObject({ LEVEL: 'debug', AWS_REGION: 'eu-west-1', _HANDLER: 'index.handler' });
    expect(Object.keys(variables).sort()).toEqual(
      'AWS_EXECUTION_ENV AWS_LAMBDA_FUNCTION_MEMORY_SIZE AWS_LAMBDA_FUNCTION_NAME AWS_LAMBDA_FUNCTION_VERSION AWS_LAMBDA_INITIALIZATION_TYPE AWS_LAMBDA_LOG_GROUP_NAME AWS_LAMBDA_LOG_STREAM_NAME AWS_LAMBDA_RUNTIME_API AWS_REGION LAMBDA_RUNTIME_DIR LAMBDA_TASK_ROOT LANG LEVEL PATH TZ _HANDLER'.split(
        ' ',
      ),
    );
  });

  test('finds no module of the project', async () => {
    const subject = create('exports.handler = async () => require("aws-cdk-lib");');
    expect((await subject.invoke({})).functionError?.errorMessage).toMatch("Cannot find module 'aws-cdk-lib'");
  });
});

describe('an error', () => {
  test('fails when the handler throws, and leaves the environment warm', async () => {
    const subject = create(`let n = 0; exports.handler = async () => {
      if (n++ === 0) throw new TypeError("broken");
      return n;
    };`);
    expect(await subject.invoke({})).toEqual({
      functionError: {
        errorType: 'TypeError',
        errorMessage: 'broken',
        trace: expect.arrayContaining(['TypeError: broken']) as string[],
      },
    });
    expect(await subject.invoke({})).toEqual({ payload: 2 });
  });

  test.each([
    ['the process exits', 'process.exit(3);', 'Runtime.ExitError', 'exited with error: exit status 3'],
    ['the process exits as if all were well', 'process.exit();', 'Runtime.ExitError', 'without providing a reason'],
    ['the process is killed', 'process.kill(process.pid, 9);', 'Runtime.ExitError', 'signal: SIGKILL'],
    ['an exception goes uncaught', 'setTimeout(() => { throw new RangeError("late"); });', 'RangeError', 'late'],
    ['a rejection goes unhandled', 'Promise.reject(new Error("lost"));', 'Runtime.UnhandledPromiseRejection', 'lost'],
    ['the promise can never settle', '', 'Runtime.NodeJsExit', 'never settle'],
  ])('fails when %s', async (_, statement, errorType, errorMessage) => {
    const subject = create(
      `exports.handler = async (event) => { if (event.ok) return "ok"; ${statement} await new Promise(() => {}); };`,
    );
    const { functionError } = await subject.invoke({});
    expect(functionError).toMatchObject({ errorType, errorMessage: expect.stringContaining(errorMessage) as string });
    expect(await subject.invoke({ ok: true })).toEqual({ payload: 'ok' });
  });

  test.each([
    ['the module is missing', 'other.handler', '', 'Runtime.ImportModuleError'],
    ['a module that it requires is missing', 'index.handler', 'require("absent");', 'Runtime.ImportModuleError'],
    ['the code does not parse', 'index.handler', 'exports.handler = ;', 'Runtime.UserCodeSyntaxError'],
    ['the export is missing', 'index.handler', 'exports.other = async () => 1;', 'Runtime.HandlerNotFound'],
    ['the name of the handler is malformed', 'handler', '', 'Runtime.MalformedHandlerName'],
    [
      'the handler takes a callback',
      'index.handler',
      'exports.handler = (event, context, callback) => callback(null, 1);',
      'Runtime.CallbackHandlerDeprecated',
    ],
    ['the code throws while loading', 'index.handler', 'throw new RangeError("at load");', 'RangeError'],
  ])('fails when %s', async (_, handler, code, errorType) => {
    const subject = create(code, { handler });
    expect((await subject.invoke({})).functionError?.errorType).toBe(errorType);
  });

  test('fails when the time is over, also for code that never yields', async () => {
    const subject = create('exports.handler = async (event) => { while (event.spin); return process.pid; };', {
      timeoutSeconds: 0.25,
    });
    const pid = (await subject.invoke({})).payload as number;
    const { functionError } = await subject.invoke({ spin: true });
    expect(functionError).toMatchObject({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 0.25 seconds$/) as string,
    });
    expect(lines.at(-3)).toMatch(/^\S+Z \S+ Task timed out after 0.25 seconds$/);
    expect(lines.at(-1)).toMatch(/\tStatus: timeout$/);
    await until(() => !isRunning(pid));
    expect((await subject.invoke({})).payload).not.toBe(pid);
  });

  test('fails when there is no such Node.js, and no such code', async () => {
    const subject = create('', {}, { nodePath: '/nonexistent/node' });
    expect((await subject.invoke({})).functionError?.errorMessage).toMatch('exited with error: exit status 127');
    expect(lines).toContainEqual(expect.stringMatching(/\/nonexistent\/node.*not found/));
    expect(() => create('', { codeDirectory: '/nonexistent/code' })).toThrow(
      'no code for function subject: /nonexistent/code',
    );
  });
});

describe('an asynchronous invocation', () => {
  const record = 'process.stdout.write(`>${context.awsRequestId} ${JSON.stringify(event)}\\n`);';

  test.each([
    ['a thrown error', 'throw new Error("broken");'],
    ['a crash', 'process.exit(1);'],
    ['a time-out', 'await new Promise((resolve) => setTimeout(resolve, 60_000));'],
  ])('is tried again twice after %s, with the same request id and payload, then dropped', async (_, statement) => {
    const subject = create(`exports.handler = async (event, context) => { ${record} ${statement} };`, {
      timeoutSeconds: 0.25,
    });
    subject.invokeAsync({ a: 1 });
    await until(dropped);
    const [first = ''] = written();
    expect(first).toMatch(/^[0-9a-f-]{36} \{"a":1\}$/);
    expect(written()).toEqual([first, first, first]);
  });

  test('is not tried again after success', async () => {
    const subject = create(
      `const fs = require("node:fs");
    exports.handler = async (event, context) => {
      ${record}
      if (fs.existsSync(process.env.MARK)) return;
      fs.writeFileSync(process.env.MARK, "");
      throw new Error("the first time");
    };`,
      { environment: { MARK: path.join(directory, 'mark') } },
    );
    subject.invokeAsync({});
    await until(() => count('REPORT') === 2);
    await subject.invoke({});
    expect(written().length).toBe(3);
    expect(dropped()).toBe(false);
  });

  test('is tried again only after its delay', async () => {
    const subject = create(
      'exports.handler = async () => { throw new Error("broken"); };',
      {},
      { retryDelaysMs: [2000] },
    );
    // Not from the first failure on, which a busy machine shows late.
    const began = performance.now();
    subject.invokeAsync({});
    await until(dropped);
    expect(performance.now() - began).toBeGreaterThan(2000);
    expect(count('REPORT')).toBe(2);
  });
});

describe('reserved concurrency', () => {
  /** Says when it begins and ends, and which event it has; it ends when its gate is open. */
  const gated = `const { setTimeout } = require("node:timers/promises");
    exports.handler = async (event) => {
      process.stdout.write(">begin " + event + "\\n");
      while (!require("node:fs").existsSync(process.env.GATE)) await setTimeout(10);
      process.stdout.write(">end " + event + "\\n");
      return event;
    };`;
  const open = () => writeFileSync(path.join(directory, 'gate'), '');
  const createGated = (
    reservedConcurrentExecutions: number | undefined,
    throttleDelaysMs = [20],
    unreservedConcurrency?: number,
  ) =>
    create(
      gated,
      { reservedConcurrentExecutions, environment: { GATE: path.join(directory, 'gate') } },
      { throttleDelaysMs, unreservedConcurrency },
    );

  test('is how many asynchronous events are processed at once; the others wait for their turn', async () => {
    const subject = createGated(2);
    [1, 2, 3].forEach((event) => subject.invokeAsync(event));
    await until(() => written().length === 2);
    await setTimeout(200);
    expect(written()).toEqual(expect.arrayContaining(['begin 1', 'begin 2']));
    expect(written()).not.toContain('begin 3');
    open();
    await until(() => written().includes('end 3'));
    expect(streams.size).toBe(2);
    expect(dropped()).toBe(false);
  });

  test('a throttled event is tried again after each delay, the last one over and over', async () => {
    const subject = createGated(1, [50, 400]);
    subject.invokeAsync(1);
    await until(() => written().length === 1);
    const began = performance.now();
    subject.invokeAsync(2);
    await setTimeout(600);
    open();
    await until(() => written().includes('begin 2'));
    // The attempts come after 50, 450 and 850 ms.
    expect(performance.now() - began).toBeGreaterThan(800);
  });

  test('throttling takes nothing from the two retries after errors', async () => {
    const subject = create(
      'exports.handler = async (event) => { process.stdout.write(`>${event}\\n`); throw new Error("broken"); };',
      { reservedConcurrentExecutions: 1 },
      { throttleDelaysMs: [5] },
    );
    [1, 2].forEach((event) => subject.invokeAsync(event));
    await until(() => count('dropped: every attempt failed') === 2);
    expect(written().sort()).toEqual(['1', '1', '1', '2', '2', '2']);
  });

  test('an unreserved function is not throttled, though this machine runs ten at once', async () => {
    const subject = createGated(undefined, [60_000]);
    Array.from({ length: 11 }, (_, event) => subject.invokeAsync(event));
    await until(() => written().length === 10);
    open();
    await until(() => written().includes('end 10'));
    expect(streams.size).toBe(10);
  });

  test('an unreserved function runs as many at once as the host is told', async () => {
    const subject = createGated(undefined, [60_000], 3);
    Array.from({ length: 4 }, (_, event) => subject.invokeAsync(event));
    await until(() => written().length === 3);
    open();
    await until(() => written().includes('end 3'));
    expect(streams.size).toBe(3);
  });

  test('fails when there is none left for a synchronous event', async () => {
    const subject = createGated(1);
    const first = subject.invoke(1);
    await until(() => written().length === 1);
    await expect(subject.invoke(2)).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      message: 'Rate Exceeded.',
    });
    open();
    expect(await first).toEqual({ payload: 1 });
    expect(await subject.invoke(3)).toEqual({ payload: 3 });
  });

  test('fails when it is 0: no event is ever processed, and asynchronous ones are not tried again', async () => {
    const subject = createGated(0);
    subject.invokeAsync(1);
    await until(() => count('dropped: TooManyRequestsException: Rate Exceeded.') === 1);
    await expect(subject.invoke(2)).rejects.toThrow('Rate Exceeded.');
    expect(lines).toHaveLength(1);
  });
});

describe('the Runtime API', () => {
  test('refuses an answer to another request, and what it does not know', async () => {
    const subject = create(`exports.handler = async () => {
      const api = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime";
      const post = async (resource) => (await fetch(api + resource, { method: "POST", body: "{}" })).status;
      return [await post("/invocation/other/response"), await post("/invocation/other/unknown")];
    };`);
    expect((await subject.invoke({})).payload).toEqual([400, 404]);
  });
});

describe('the end', () => {
  /** Says where it runs, then does what is given. */
  const handler = (statement: string) =>
    `exports.handler = async () => { process.stdout.write(\`>\${process.pid} \${__dirname}\\n\`); ${statement} };`;
  const endless = handler('await new Promise((resolve) => setTimeout(resolve, 60_000));');

  test('of a function leaves no process, no folder and no retry', async () => {
    const subject = create(endless, { reservedConcurrentExecutions: 1 });
    subject.invokeAsync({});
    await until(() => written().length === 1);
    const [pid, folder = ''] = written()[0]?.split(' ') ?? [];
    subject.invokeAsync({});
    await subject.close();
    await expect(subject.invoke({})).rejects.toThrow('function subject is closed');
    expect(isRunning(Number(pid))).toBe(false);
    expect(existsSync(path.dirname(folder))).toBe(false);
    expect(count('START')).toBe(1);
    expect(dropped()).toBe(false);
  });

  const script = (code: string, body: string) => {
    create(code);
    return runScript(
      directory,
      `import { LambdaFunction } from ${JSON.stringify(require.resolve('../src/lambda/lambda-function'))};`,
      `const subject = new LambdaFunction({
        functionName: 'subject', functionArn: '', handler: 'index.handler', timeoutSeconds: 90, memorySizeMb: 256,
        codeDirectory: ${JSON.stringify(path.join(directory, 'code-0'))}, environment: {}, logGroupName: '',
      }, { environment: {}, log: ({ message }) => message.startsWith('>') && console.log(message.slice(1)) });
      ${body}`,
    );
  };
  const folders = () => readdirSync(directory).filter((name) => name.startsWith('cdk-glue-connection-test-'));

  test('of a function lets the process end, though a retry is pending', async () => {
    const { nextLine, ended } = script(
      handler('throw new Error("broken");'),
      `subject.invokeAsync({});
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      await subject.close();`,
    );
    await nextLine();
    expect(await ended).toEqual([0, null]);
    expect(folders()).toEqual([]);
  });

  test('of the process by SIGKILL ends a handler that never yields, and removes its folder', async () => {
    const { pid, nextLine } = script(handler('for (;;);'), 'subject.invokeAsync({});');
    const worker = Number((await nextLine()).split(' ')[0]);
    expect(isRunning(worker)).toBe(true);
    expect(folders().length).toBe(1);
    process.kill(pid, 'SIGKILL');
    await until(() => !isRunning(worker) && folders().length === 0);
  });

  test('does not come for a handler by Ctrl-C, which the process may handle', async () => {
    const { pid, nextLine } = script(
      endless,
      "process.on('SIGINT', () => console.log('interrupted')); subject.invokeAsync({});",
    );
    const worker = Number((await nextLine()).split(' ')[0]);
    process.kill(-pid, 'SIGINT');
    expect(await nextLine()).toBe('interrupted');
    expect(isRunning(worker)).toBe(true);
    process.kill(pid, 'SIGKILL');
    await until(() => !isRunning(worker));
  });
});
