import { ServiceError } from '../../service-error';
import type { Operations, Protocol, Request, Response } from './protocol';

/** @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export class JsonProtocol implements Protocol {
  constructor(private readonly operations: Operations) {}

  operationOf({ headers }: Request): string {
    return String(headers['x-amz-target']).split('.').at(-1) ?? '';
  }

  async answer(...[caller, { headers, body }]: Parameters<Protocol['answer']>): Promise<Response> {
    const name = String(headers['x-amz-target']);
    const operation = Object.hasOwn(this.operations, name) ? this.operations[name] : undefined;
    if (operation === undefined) {
      throw new ServiceError('UnknownOperationException', `The requested operation ${name} is not modelled.`);
    }
    return respond(200, await operation(caller, parse(body.toString())));
  }

  fail({ statusCode, code, message, members }: ServiceError): Response {
    return respond(statusCode, { __type: code, Message: message, ...members });
  }
}

function parse(body: string): Record<string, unknown> {
  let input: unknown;
  try {
    input = JSON.parse(body);
  } catch {
    throw new ServiceError('SerializationException', 'the body is not JSON');
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new ServiceError('SerializationException', 'the body is not a JSON object');
  }
  return input as Record<string, unknown>;
}

function respond(statusCode: number, body: object): Response {
  return { statusCode, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) };
}
