import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What a function saw of an event. */
export interface Seen {
  readonly event: {
    readonly RequestType: string;
    readonly ServiceToken?: string;
    readonly PhysicalResourceId?: string;
    readonly ResponseURL: string;
    readonly ResourceProperties: Readonly<Record<string, unknown>>;
  };
  /** Of the variable AWS_LAMBDA_LOG_GROUP_NAME. */
  readonly logGroup?: string;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** What it shall answer, beside what it has from the event, and when. */
export interface Answer {
  readonly PhysicalResourceId?: string;
  readonly Data?: Readonly<Record<string, string>>;
  readonly delayMs?: number;
  /** Whether the function fails instead. */
  readonly crashes?: boolean;
}

/** A custom resource whose function tells this process what it sees, and does what it is told. */
export class Probe {
  static async start(): Promise<Probe> {
    const probe = new Probe();
    probe.server.listen(0, '127.0.0.1');
    await once(probe.server, 'listening');
    return probe;
  }

  readonly seen: Seen[] = [];
  answer: (seen: Seen) => Answer = () => ({});
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      void json(request).then((body) => {
        const seen = body as Seen;
        this.seen.push(seen);
        response.end(JSON.stringify(this.answer(seen)));
      });
    });
  }

  reset(): void {
    this.seen.length = 0;
    this.answer = () => ({});
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** A stack with the function, and with custom resources of these properties. */
  template(resources: Readonly<Record<string, object>>, others: object = {}): object {
    const listener = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return {
      Resources: {
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: {
            AssumeRolePolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
              ],
            },
          },
        },
        Log: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'probe' } },
        Function: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Runtime: 'nodejs24.x',
            Handler: 'index.handler',
            Code: { ZipFile: CODE },
            Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
            LoggingConfig: { LogGroup: { Ref: 'Log' } },
            Timeout: 10,
          },
        },
        ...others,
        ...Object.fromEntries(
          Object.entries(resources).map(([id, properties]) => [
            id,
            {
              Type: 'Custom::Probe',
              Properties: {
                ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] },
                ServiceTimeout: 15,
                Listener: listener,
                ...properties,
              },
            },
          ]),
        ),
      },
    };
  }
}

const CODE = `
const send = (url, method, body) =>
  new Promise((resolve, reject) => {
    const { request } = require(url.startsWith('https') ? 'node:https' : 'node:http');
    const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) };
    const outgoing = request(url, { method, headers }, (incoming) => {
      let text = '';
      incoming.on('data', (chunk) => (text += chunk)).on('end', () => resolve(text));
    });
    outgoing.on('error', reject).end(body);
  });
exports.handler = async (event) => {
  const seen = { event, logGroup: process.env.AWS_LAMBDA_LOG_GROUP_NAME, at: Date.now() };
  const text = await send(event.ResourceProperties.Listener, 'POST', JSON.stringify(seen));
  const { delayMs = 0, crashes, ...answer } = JSON.parse(text);
  if (crashes) throw new Error('crashed');
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  const { StackId, RequestId, LogicalResourceId, PhysicalResourceId = LogicalResourceId } = event;
  const common = { Status: 'SUCCESS', StackId, RequestId, LogicalResourceId, PhysicalResourceId };
  await send(event.ResponseURL, 'PUT', JSON.stringify({ ...common, ...answer }));
};
`;
