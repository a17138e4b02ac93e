import type { IncomingHttpHeaders } from 'node:http';
import type { Session } from '../../iam/access-keys';
import type { ServiceError } from '../../service-error';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Response {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Takes the input and gives the output, whatever the protocol is. */
export type Operation = (caller: Session, input: Record<string, unknown>) => Promise<object>;

/** By name: of the JSON protocol with the target's prefix, such as `AWSGlue.TestConnection`. */
export type Operations = Readonly<Record<string, Operation>>;

/** How a service speaks. */
export interface Protocol {
  /** The operation that a request is for, such as `GetConnection`; the method where there is no name. */
  operationOf(request: Request): string;
  answer(caller: Session, request: Request): Promise<Response>;
  fail(error: ServiceError): Response;
}
