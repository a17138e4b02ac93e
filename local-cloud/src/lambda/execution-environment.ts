import { randomBytes } from 'node:crypto';
import type { FunctionConfiguration, FunctionError, FunctionHost, InvocationResult } from './configuration';
import { environmentVariables } from './environment-variables';
import { endLine, reportLine, startLine, timeoutLine, type PhaseEnd } from './log-lines';
import { RuntimeApi } from './runtime-api';
import { Worker } from './worker';

const INIT_LIMIT_SECONDS = 10;

/**
 * Where a function runs, one event after the other.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class ExecutionEnvironment {
  private readonly logStreamName: string;
  private readonly worker: Promise<Worker>;
  private readonly initialized: Promise<PhaseEnd>;
  private readonly api = new RuntimeApi({
    onNext: () => this.onNext?.(),
    onResult: (result) => (this.result = result),
  });
  private onNext?: () => void;
  private result?: InvocationResult;
  private initDurationMs?: number;
  private busy = false;
  private ended = false;

  constructor(
    private readonly configuration: FunctionConfiguration,
    private readonly host: FunctionHost,
  ) {
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
    this.logStreamName = `${day}/[$LATEST]${randomBytes(16).toString('hex')}`;
    this.worker = this.start();
    this.initialized = this.initialize();
  }

  get isIdle(): boolean {
    return !this.busy && !this.ended;
  }

  get hasEnded(): boolean {
    return this.ended;
  }

  /** Processes one event; only for an idle environment. */
  async invoke(requestId: string, payload: string): Promise<InvocationResult> {
    this.busy = true;
    let end = await this.initialized;
    this.log(startLine(requestId));
    const began = performance.now();
    if (end === 'next') {
      this.result = undefined;
      const { functionArn, timeoutSeconds } = this.configuration;
      const deadlineMs = Date.now() + timeoutSeconds * 1000;
      this.api.deliver({ requestId, payload, deadlineMs, functionArn });
      end = await this.phase(timeoutSeconds);
    }
    const result = this.result ?? { functionError: await this.failure(end, requestId) };
    this.logEnd(requestId, performance.now() - began, end);
    this.busy = false;
    return result;
  }

  /** Ends the process, whatever it is doing. */
  async close(): Promise<void> {
    const worker = await this.worker.catch(() => undefined);
    worker?.kill();
    await worker?.exited;
  }

  private async start(): Promise<Worker> {
    try {
      const runtimeApi = await this.api.listen();
      const worker = new Worker({
        nodePath: this.host.nodePath ?? process.execPath,
        memorySizeMb: this.configuration.memorySizeMb,
        codeDirectory: this.configuration.codeDirectory,
        environment: environmentVariables(this.configuration, this.host, this.logStreamName, runtimeApi),
        onLine: (line) => this.log(line),
      });
      void worker.exited.then(() => this.end());
      return worker;
    } catch (error) {
      this.end();
      throw error;
    }
  }

  private end(): void {
    this.ended = true;
    this.api.close();
  }

  /** Lambda repeats an init that took more than 10 seconds, this time within the function's own limit. */
  private async initialize(): Promise<PhaseEnd> {
    const began = performance.now();
    const end = await this.phase(Math.max(INIT_LIMIT_SECONDS, this.configuration.timeoutSeconds));
    this.initDurationMs = performance.now() - began;
    return end;
  }

  /** A phase ends when the runtime asks for the next event, not when it answers the present one. */
  private async phase(limitSeconds: number): Promise<PhaseEnd> {
    const worker = await this.worker;
    let timer: NodeJS.Timeout | undefined;
    const end = await Promise.race([
      new Promise<PhaseEnd>((resolve) => {
        this.onNext = () => resolve('next');
        timer = setTimeout(resolve, limitSeconds * 1000, 'timeout');
      }),
      worker.exited.then((): PhaseEnd => 'exit'),
    ]);
    clearTimeout(timer);
    if (end === 'timeout') {
      worker.kill();
      await worker.exited;
    }
    return end;
  }

  private async failure(end: PhaseEnd, requestId: string): Promise<FunctionError> {
    if (end === 'timeout') {
      const reason = `Task timed out after ${this.configuration.timeoutSeconds.toFixed(2)} seconds`;
      this.log(timeoutLine(requestId, reason));
      return { errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${requestId} Error: ${reason}` };
    }
    const errorMessage = `RequestId: ${requestId} Error: ${await (await this.worker).exited}`;
    this.log(`${errorMessage}\nRuntime.ExitError`);
    return { errorType: 'Runtime.ExitError', errorMessage };
  }

  private logEnd(requestId: string, durationMs: number, end: PhaseEnd): void {
    const { initDurationMs } = this;
    this.initDurationMs = undefined;
    this.log(endLine(requestId));
    this.log(reportLine({ requestId, durationMs, initDurationMs, memorySizeMb: this.configuration.memorySizeMb, end }));
  }

  private log(message: string): void {
    const { logGroupName } = this.configuration;
    this.host.log({ logGroupName, logStreamName: this.logStreamName, message });
  }
}
