import { randomUUID } from 'node:crypto';
import { ServiceError } from '../../service-error';
import type { Operations, Protocol, Request, Response } from './protocol';
import { xmlOf } from './xml';

/** @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export class QueryProtocol implements Protocol {
  constructor(private readonly operations: Operations) {}

  operationOf({ body }: Request): string {
    return new URLSearchParams(body.toString()).get('Action') ?? '';
  }

  async answer(...[caller, { body }]: Parameters<Protocol['answer']>): Promise<Response> {
    const { Action, ...input } = inputOf(new URLSearchParams(body.toString()));
    if (typeof Action !== 'string') {
      throw new ServiceError('MissingAction', 'Missing Action');
    }
    const operation = Object.hasOwn(this.operations, Action) ? this.operations[Action] : undefined;
    if (operation === undefined) {
      throw new ServiceError('InvalidAction', `Could not find operation ${Action}: it is not modelled`);
    }
    const output = await operation(caller, input);
    return respond(200, `${Action}Response`, {
      [`${Action}Result`]: output,
      ResponseMetadata: { RequestId: randomUUID() },
    });
  }

  fail({ statusCode, code, message, members }: ServiceError): Response {
    const Type = statusCode < 500 ? 'Sender' : 'Receiver';
    const Error = { Type, Code: COMMON_ERRORS[code] ?? code, Message: message, ...members };
    return respond(statusCode, 'ErrorResponse', { Error, RequestId: randomUUID() });
  }
}

/** What is an exception elsewhere. @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
const COMMON_ERRORS: Readonly<Record<string, string>> = {
  AccessDeniedException: 'AccessDenied',
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
  UnrecognizedClientException: 'InvalidClientTokenId',
};

/** `A.member.1.B=x` is `{ A: [{ B: 'x' }] }`. */
function inputOf(parameters: URLSearchParams): Record<string, unknown> {
  const root: Tree = new Map();
  for (const [path, value] of parameters) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    const parent = names.reduce((tree, name) => childOf(tree, name), root);
    parent.set(last, value);
  }
  return Object.fromEntries([...root].map(([name, value]) => [name, plain(value)]));
}

type Tree = Map<string, string | Tree>;

function childOf(tree: Tree, name: string): Tree {
  const existing = tree.get(name);
  if (existing instanceof Map) {
    return existing;
  }
  const child: Tree = new Map();
  tree.set(name, child);
  return child;
}

function plain(value: string | Tree): unknown {
  if (typeof value === 'string') {
    return value;
  }
  const members = value.get('member');
  if (members instanceof Map) {
    return [...members].sort(([left], [right]) => Number(left) - Number(right)).map(([, member]) => plain(member));
  }
  return Object.fromEntries([...value].map(([name, member]) => [name, plain(member)]));
}

function respond(statusCode: number, name: string, members: object): Response {
  return { statusCode, headers: { 'content-type': 'text/xml' }, body: xmlOf({ [name]: members }) };
}
