import { setImmediate } from 'node:timers/promises';
import { AwsStub } from './aws-stub';
import { startHost, type Ended, type Host } from './hosts';
import { ResponseStub, type Fate, type Put } from './response-stub';

export interface Invocation {
  readonly requestType?: 'Create' | 'Update' | 'Delete';
  readonly properties?: Record<string, unknown>;
  /** What happens to the answer, PUT by PUT; after that all is accepted. */
  readonly fates?: readonly Fate[];
  /** What Lambda leaves. */
  readonly remainingMs?: number;
  /** Replaces members of the event. */
  readonly event?: Record<string, unknown>;
  /** Makes another event of it; an answer is found again by these two members. */
  readonly rewrite?: (event: OwnMembers) => unknown;
}

export interface OwnMembers {
  readonly RequestId: string;
  readonly ResponseURL: string;
}

export interface Settings {
  /** Where the function finds AWS: something that passes on to the stub. @default - the stub itself */
  readonly awsUrl?: string;
  /** What Math.random always returns in the function, so that its waits are the same in each run. */
  readonly random?: number;
  /** Variables of the function, beside the usual ones or in their place; undefined takes one away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Whether the function's code is one file, as a template holds it. */
  readonly inTemplate?: boolean;
}

export type LogEntry = Readonly<Record<string, unknown>>;

export interface Result {
  readonly requestId: string;
  /** What the handler threw. */
  readonly error?: string;
  readonly puts: readonly Put[];
  /** Milliseconds that Lambda would still have left the function when the last PUT arrived. */
  readonly marginMs: number;
  /** The answer that was accepted. */
  readonly answer: Record<string, unknown> & { Data?: Record<string, unknown>; Reason?: string };
  /** What the function has logged about this event. */
  readonly entries: readonly LogEntry[];
  /** What the function has written to its log by now, of all events. */
  readonly log: string;
}

/** The built bundle, between a Glue and a CloudFormation of ours. */
export class BlackBox {
  static async start({ awsUrl, random, environment = {}, inTemplate = false }: Settings = {}): Promise<BlackBox> {
    const [aws, responses] = await Promise.all([AwsStub.start(), ResponseStub.start()]);
    const blackBox = new BlackBox(aws, responses);
    blackBox.host = await startHost({
      awsUrl: awsUrl ?? aws.url,
      environment,
      caCertificate: responses.caCertificate,
      random,
      inTemplate,
      onLog: (text) => blackBox.readLog(text),
    });
    return blackBox;
  }

  private sequence = 0;
  log = '';
  private unfinishedLine = '';
  private readonly entries = new Map<unknown, LogEntry[]>();
  private host!: Host;

  private constructor(
    readonly aws: AwsStub,
    readonly responses: ResponseStub,
  ) {}

  async invoke(invocation: Invocation = {}): Promise<Result> {
    const id = `event-${++this.sequence}`;
    const { requestType = 'Create', properties = { ConnectionName: 'orders' }, fates = [] } = invocation;
    const usual = {
      RequestType: requestType,
      RequestId: id,
      ResponseURL: this.responses.url(id, ...fates),
      StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Orders/1a2b3c4d',
      LogicalResourceId: 'Test',
      ResourceType: 'Custom::GlueConnectionTest',
      ResourceProperties: { ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:handler', ...properties },
      ...(requestType === 'Create' ? {} : { PhysicalResourceId: 'the-physical-id' }),
      ...(requestType === 'Update' ? { OldResourceProperties: {} } : {}),
      ...invocation.event,
    };
    const { remainingMs = 900_000, rewrite } = invocation;
    const event = rewrite === undefined ? usual : rewrite(usual);
    const deadline = Date.now() + remainingMs;
    const { error } = await this.run(id, event, remainingMs);
    // What was logged before the handler ended is in the pipe by now: this turn of the event loop may not have seen it,
    // the next one reads it.
    await setImmediate();
    await setImmediate();
    const puts = this.responses.puts(id);
    const accepted = puts.find(({ statusCode }) => statusCode === 200);
    return {
      requestId: id,
      error,
      puts,
      marginMs: deadline - (puts.at(-1)?.at ?? Infinity),
      answer: JSON.parse(accepted?.body.toString() ?? '{}') as Result['answer'],
      entries: this.entries.get(id) ?? [],
      log: this.log,
    };
  }

  /** Runs the function for a caller that waits for what it returns. */
  async call(event: unknown, remainingMs = 900_000): Promise<Ended & { readonly entries: readonly LogEntry[] }> {
    const id = `event-${++this.sequence}`;
    const ended = await this.run(id, event, remainingMs);
    await setImmediate();
    await setImmediate();
    return { ...ended, entries: this.entries.get(id) ?? [] };
  }

  async stop(): Promise<void> {
    this.host.stop();
    await Promise.all([this.aws.close(), this.responses.close()]);
  }

  private readLog(chunk: string): void {
    this.log += chunk;
    const lines = `${this.unfinishedLine}${chunk}`.split('\n');
    this.unfinishedLine = lines.pop() ?? '';
    for (const line of lines) {
      const entry = JSON.parse(line) as LogEntry;
      this.entries.set(entry.requestId, [...(this.entries.get(entry.requestId) ?? []), entry]);
    }
  }

  private async run(id: string, event: unknown, remainingMs: number): Promise<Ended> {
    let timer: NodeJS.Timeout | undefined;
    // Lambda would not let it go on.
    const timedOut = new Promise<Ended>((resolve) => {
      timer = setTimeout(() => resolve({ error: 'Task timed out' }), remainingMs);
    });
    try {
      return await Promise.race([this.host.run(id, event, remainingMs), timedOut]);
    } finally {
      clearTimeout(timer);
    }
  }
}
