import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { FunctionConfiguration, FunctionHost, InvocationResult } from './configuration';
import { ExecutionEnvironment } from './execution-environment';
import { retryWhileThrottled, TooManyRequestsException } from './throttling';

interface QueuedEvent {
  readonly requestId: string;
  readonly payload: string;
  readonly resolve: (result: Promise<InvocationResult>) => void;
  readonly reject: (error: unknown) => void;
}

const DEFAULT_UNRESERVED_CONCURRENCY = 10;
const DEFAULT_RETRY_DELAYS_MS = [60_000, 120_000];

/**
 * A Lambda function: its code in Node.js processes of its own, behind the real Runtime API.
 *
 * An execution environment takes one event at a time. A warm one is used again; when all are busy another one starts,
 * up to the function's reserved concurrency, and further events are throttled.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 */
export class LambdaFunction {
  private readonly environments = new Set<ExecutionEnvironment>();
  private readonly queue: QueuedEvent[] = [];
  private readonly closing = new AbortController();

  constructor(
    private readonly configuration: FunctionConfiguration,
    private readonly host: FunctionHost,
  ) {
    const { functionName, codeDirectory } = configuration;
    if (!existsSync(codeDirectory)) {
      throw new Error(`no code for function ${functionName}: ${codeDirectory}`);
    }
    setMaxListeners(0, this.closing.signal); // One for each waiting event is no leak.
  }

  /**
   * Invocation type `Event`: an event whose processing fails is tried twice more, with the same request id. One that
   * is throttled goes back to the queue, and that counts for nothing.
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
   */
  invokeAsync(event: unknown): void {
    const requestId = randomUUID();
    this.invokeUntilDone(requestId, JSON.stringify(event)).catch((error: unknown) => {
      if (!this.closing.signal.aborted) {
        this.logDropped(requestId, String(error));
      }
    });
  }

  /**
   * Invocation type `RequestResponse`.
   *
   * @throws TooManyRequestsException
   */
  async invoke(event: unknown): Promise<InvocationResult> {
    return this.run(randomUUID(), JSON.stringify(event));
  }

  /** Kills every process: events under way fail, and asynchronous ones are tried again. */
  async crash(): Promise<void> {
    await Promise.all([...this.environments].map((environment) => environment.close()));
  }

  /** Ends everything: events under way fail, waiting and repeated ones are dropped. */
  async close(): Promise<void> {
    this.closing.abort(new Error(`function ${this.configuration.functionName} is closed`));
    for (const { reject } of this.queue.splice(0)) {
      reject(this.closing.signal.reason);
    }
    await this.crash();
  }

  private async invokeUntilDone(requestId: string, payload: string): Promise<void> {
    for (const delayMs of [0, ...(this.host.retryDelaysMs ?? DEFAULT_RETRY_DELAYS_MS)]) {
      await setTimeout(delayMs, undefined, { signal: this.closing.signal });
      const { functionError } = await this.runWhenPossible(requestId, payload);
      if (!functionError) {
        return;
      }
    }
    this.logDropped(requestId, 'every attempt failed');
  }

  /**
   * Where no event can ever be processed, Lambda gives them up at once.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
   */
  private runWhenPossible(requestId: string, payload: string): Promise<InvocationResult> {
    const run = () => this.run(requestId, payload);
    return this.configuration.reservedConcurrentExecutions === 0
      ? run()
      : retryWhileThrottled(run, this.closing.signal, this.host.throttleDelaysMs);
  }

  private async run(requestId: string, payload: string): Promise<InvocationResult> {
    this.closing.signal.throwIfAborted();
    const executions = [...this.environments].filter(({ isIdle, hasEnded }) => !isIdle && !hasEnded).length;
    if (executions >= (this.configuration.reservedConcurrentExecutions ?? Infinity)) {
      throw new TooManyRequestsException();
    }
    return new Promise((resolve, reject) => {
      this.queue.push({ requestId, payload, resolve, reject });
      this.dispatch();
    });
  }

  private dispatch(): void {
    for (const environment of this.environments) {
      if (environment.hasEnded) {
        this.environments.delete(environment);
      }
    }
    while (this.queue.length > 0) {
      const environment = this.freeEnvironment();
      const event = environment && this.queue.shift();
      if (!event) {
        return;
      }
      const result = environment.invoke(event.requestId, event.payload);
      event.resolve(result);
      void result.catch(() => undefined).finally(() => this.dispatch());
    }
  }

  private freeEnvironment() {
    const warm = [...this.environments].find(({ isIdle }) => isIdle);
    if (warm) {
      return warm;
    }
    const { unreservedConcurrency = DEFAULT_UNRESERVED_CONCURRENCY } = this.host;
    if (this.environments.size >= (this.configuration.reservedConcurrentExecutions ?? unreservedConcurrency)) {
      return;
    }
    const environment = new ExecutionEnvironment(this.configuration, this.host);
    this.environments.add(environment);
    return environment;
  }

  /** Lambda sends such an event to a dead-letter queue or a failure destination, if the function has one. */
  private logDropped(requestId: string, reason: string): void {
    const { logGroupName } = this.configuration;
    this.host.log({ logGroupName, logStreamName: 'local-cloud', message: `event ${requestId} dropped: ${reason}` });
  }
}
