import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { answerOf } from './network/fake-ec2';
import type { Network } from './network/network';
import { FakeScheduler, schedulerRequest } from './monitor/fake-scheduler';
import type { Reply } from './reply';

export type { Reply } from './reply';

/** By which its calls can be told. */
const EC2_VERSION = '2016-11-15';

const JSON_TYPE = { 'content-type': 'application/x-amz-json-1.1' };

export const pass: Reply = (response) => {
  response.writeHead(200, JSON_TYPE).end('{}');
};

/** An answer in JSON, as of GetConnection. */
export function output(body: object): Reply {
  return (response) => {
    response.writeHead(200, JSON_TYPE).end(JSON.stringify(body));
  };
}

/** An exception as the service sends it. */
export function exception(code: string, message: string, statusCode = 400, extra: object = {}): Reply {
  return (response) => {
    response.writeHead(statusCode, JSON_TYPE).end(JSON.stringify({ __type: code, Message: message, ...extra }));
  };
}

/** Anything that is HTTP. */
export function raw(statusCode: number, body: string | Buffer = ''): Reply {
  return (response) => {
    response.writeHead(statusCode).end(body);
  };
}

/** What DescribeStacks answers. */
export function stackStatus(status: string): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(
      '<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult>' +
        `<Stacks><member><StackName>Orders</StackName><StackStatus>${status}</StackStatus></member></Stacks>` +
        '</DescribeStacksResult></DescribeStacksResponse>',
    );
  };
}

/** EC2's own way to say no. */
export function ec2Error(code: string, statusCode = 400): Reply {
  const error = `<Error><Code>${code}</Code><Message>${code}, says EC2</Message></Error>`;
  return raw(statusCode, `<Response><Errors>${error}</Errors><RequestID>1</RequestID></Response>`);
}

/** What AssumeRole answers. */
export function session(accessKeyId: string, secretAccessKey = 'of-the-role', sessionToken = 'of-its-session'): Reply {
  const credentials =
    `<AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey>` +
    `<SessionToken>${sessionToken}</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration>`;
  return raw(
    200,
    '<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>' +
      `<Credentials>${credentials}</Credentials></AssumeRoleResult></AssumeRoleResponse>`,
  );
}

/** What GetCallerIdentity answers. */
export function identity(arn: string): Reply {
  const [account = ''] = /\d{12}/.exec(arn) ?? [];
  return raw(
    200,
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
      `<Arn>${arn}</Arn><UserId>AIDAEXAMPLE</UserId><Account>${account}</Account>` +
      '</GetCallerIdentityResult></GetCallerIdentityResponse>',
  );
}

/** STS's own way to say no. */
export function stsError(code: string, message: string, statusCode = 403): Reply {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  return raw(statusCode, `<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>`);
}

export interface Call {
  readonly operation: string;
  /** Whose credentials signed it. */
  readonly accessKeyId: string | undefined;
  /** The Region that it is signed for. */
  readonly region: string | undefined;
  readonly input: Readonly<Record<string, unknown>>;
  /** The bytes of the input. */
  readonly body: string;
  readonly at: number;
}

export type Operation =
  | 'TestConnection'
  | 'GetConnection'
  | 'GetConnections'
  | 'DescribeSecret'
  | 'DescribeStacks'
  | 'GetSecretValue'
  | 'AssumeRole'
  | 'GetCallerIdentity';

/**
 * The addresses of Glue, CloudFormation, Secrets Manager, STS, EC2, Step Functions and EventBridge Scheduler. Each operation
 * has, for a connection, a type of connections, a stack, a secret or a role, a script of replies, the last of which is
 * repeated.
 */
export class AwsStub {
  static async start(): Promise<AwsStub> {
    const stub = new AwsStub();
    await new Promise<void>((resolve) => stub.server.listen(0, '127.0.0.1', resolve));
    return stub;
  }

  /** What EC2 describes; undefined where it denies everything. */
  network: Network | undefined;
  /** What happens to calls of EC2 instead; one that gives no reply is answered as usual. */
  disturbEc2: ((operation: string) => Reply | undefined) | undefined;
  /** Replies by what is asked, for operations that have no subject. */
  readonly replies = new Map<string, (input: Call['input']) => Reply>();
  readonly scheduler = new FakeScheduler();
  private readonly scripts = new Map<string, Reply[]>();
  private readonly recorded: Call[] = [];
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  script(operation: Operation, subject: string, ...replies: Reply[]): void {
    this.scripts.set(`${operation} ${subject}`, replies);
  }

  calls(operation: string, subject: string): Call[] {
    return this.recorded.filter((call) => call.operation === operation && subjectOf(call.input) === subject);
  }

  /** As if nothing had happened yet. */
  forget(): void {
    this.replies.clear();
    this.scripts.clear();
    this.recorded.length = 0;
  }

  /** Calls of operations of such names, whatever they are about. */
  callsOf(operations: RegExp): Call[] {
    return this.recorded.filter(({ operation }) => operations.test(operation));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const [, accessKeyId, region] = /Credential=(\w+)\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
    const toScheduler = schedulerRequest(request.method ?? '', request.url ?? '', body);
    if (toScheduler !== undefined) {
      const { operation, name, fields } = toScheduler;
      this.recorded.push({ operation, accessKeyId, region, input: { ...fields, Name: name }, body, at: Date.now() });
      this.scheduler.answer(toScheduler)(response, request.socket);
      return;
    }
    const target = request.headers['x-amz-target'];
    const input: Record<string, unknown> =
      target === undefined
        ? Object.fromEntries(new URLSearchParams(body))
        : (JSON.parse(body) as Record<string, unknown>);
    const operation =
      target === undefined
        ? String(input.Action)
        : String(target).replace(/^(AWSGlue|AWSStepFunctions|secretsmanager)\./, '');
    this.recorded.push({ operation, accessKeyId, region, input, body, at: Date.now() });
    const reply =
      input.Version === EC2_VERSION
        ? this.ofEc2(operation, input)
        : (this.replies.get(operation)?.(input) ?? this.next(operation, subjectOf(input)));
    reply(response, request.socket);
  }

  private ofEc2(operation: string, input: Call['input']): Reply {
    const described = this.network && answerOf(this.network, input);
    return (
      this.disturbEc2?.(operation) ??
      (described === undefined ? ec2Error('UnauthorizedOperation', 403) : raw(200, described))
    );
  }

  private next(operation: string, subject: string): Reply {
    const replies = this.scripts.get(`${operation} ${subject}`) ?? [];
    const [next] = replies;
    if (replies.length > 1) {
      replies.shift();
    }
    return next ?? DEFAULTS[operation] ?? exception('UnknownOperationException', operation);
  }
}

const DEFAULTS: Readonly<Record<string, Reply>> = {
  TestConnection: pass,
  GetConnection: exception('AccessDeniedException', 'not granted'),
  DescribeSecret: exception('AccessDeniedException', 'not granted'),
  DescribeStacks: stackStatus('UPDATE_IN_PROGRESS'),
  GetCallerIdentity: identity('arn:aws:iam::111122223333:user/someone'),
};

function subjectOf(input: Readonly<Record<string, unknown>>): string {
  const connection = input.TestConnectionInput as { ConnectionType?: string } | undefined;
  const { ConnectionName, Name, StackName, SecretId, RoleArn } = input;
  return (
    [ConnectionName, Name, StackName, SecretId, RoleArn, connection?.ConnectionType].find(
      (name) => typeof name === 'string',
    ) ?? ''
  );
}
