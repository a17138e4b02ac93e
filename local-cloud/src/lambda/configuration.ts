/** What a function is, in the terms of Lambda's API. */
export interface FunctionConfiguration {
  readonly functionName: string;
  readonly functionArn: string;
  /** File and export, such as `index.handler`. */
  readonly handler: string;
  readonly codeDirectory: string;
  readonly timeoutSeconds: number;
  readonly memorySizeMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroupName: string;
  /**
   * How many events are processed at once, at most: 0 is none, ever.
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
   * @default - nothing is throttled
   */
  readonly reservedConcurrentExecutions?: number;
}

/** What surrounds the functions. */
export interface FunctionHost {
  /** The Node.js that runs the code. @default - the one that runs this process */
  readonly nodePath?: string;
  /** What Lambda adds to each function's environment: region, credentials, endpoint. */
  readonly environment: Readonly<Record<string, string>>;
  readonly log: (record: LogRecord) => void;
  /**
   * Waits before an asynchronous event is tried again.
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
   * @default - one minute, then two
   */
  readonly retryDelaysMs?: readonly number[];
  /**
   * Waits before an asynchronous event that was throttled is tried again; the last one is repeated.
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
   * @default - one second, then twice as long each time, up to five minutes
   */
  readonly throttleDelaysMs?: readonly number[];
  /** How many executions of a function that has no reserved ones are run at once. @default 10, to spare this machine */
  readonly unreservedConcurrency?: number;
}

export interface LogRecord {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly message: string;
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html#runtimes-api-invokeerror */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

export interface InvocationResult {
  readonly payload?: unknown;
  readonly functionError?: FunctionError;
}
