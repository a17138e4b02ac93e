import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { FunctionError, InvocationResult } from './configuration';

export interface Invocation {
  readonly requestId: string;
  /** The event as JSON. */
  readonly payload: string;
  readonly deadlineMs: number;
  readonly functionArn: string;
}

/** What a runtime says. */
export interface RuntimeListener {
  /** It has loaded the function, or is done with an event, and asks for the next one. */
  readonly onNext: () => void;
  readonly onResult: (result: InvocationResult) => void;
}

/**
 * The HTTP API between Lambda and one runtime.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApi {
  private readonly server = createServer((request, response) => void this.handle(request, response));
  private poll?: ServerResponse;
  private current?: Invocation;

  constructor(private readonly listener: RuntimeListener) {}

  /** Resolves to the value of AWS_LAMBDA_RUNTIME_API. */
  listen(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.server.on('error', reject);
      this.server.listen(0, '127.0.0.1', () => resolve(`127.0.0.1:${(this.server.address() as AddressInfo).port}`));
    });
  }

  /** Answers the runtime's request for the next event, which it must have made. */
  deliver(invocation: Invocation): void {
    this.current = invocation;
    this.poll?.writeHead(200, {
      'Content-Type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': invocation.requestId,
      'Lambda-Runtime-Deadline-Ms': invocation.deadlineMs,
      'Lambda-Runtime-Invoked-Function-Arn': invocation.functionArn,
    });
    this.poll?.end(invocation.payload);
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const route = `${request.method ?? ''} ${request.url ?? ''}`;
    if (route === 'GET /2018-06-01/runtime/invocation/next') {
      this.poll = response;
      this.listener.onNext();
    } else if (route === 'POST /2018-06-01/runtime/init/error') {
      this.listener.onResult({ functionError: JSON.parse(body) as FunctionError });
      answer(response, 202, { status: 'OK' });
    } else {
      this.result(route, body, response);
    }
  }

  private result(route: string, body: string, response: ServerResponse): void {
    const [, requestId, kind] = /^POST \/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/.exec(route) ?? [];
    if (!kind) {
      answer(response, 404, { errorType: 'NotFound', errorMessage: route });
    } else if (requestId !== this.current?.requestId) {
      answer(response, 400, { errorType: 'InvalidRequestID', errorMessage: 'Invalid request ID' });
    } else {
      this.current = undefined;
      const content: unknown = JSON.parse(body);
      this.listener.onResult(kind === 'response' ? { payload: content } : { functionError: content as FunctionError });
      answer(response, 202, { status: 'OK' });
    }
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
