import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { bundleCli } from '../tools/bundle-cli';
import { compared, single, type Benchmark } from './benchmark';
import { interleave } from './statistics';

const RUNS = 15;
const ROOT = path.resolve(__dirname, '..');

/** The least that calls TestConnection with the same client. */
const FLOOR = `
const { GlueClient, TestConnectionCommand } = require('@aws-sdk/client-glue');
new GlueClient({}).send(new TestConnectionCommand({ ConnectionName: 'orders' }));
`;

const VARIANTS = {
  'glue-connection-test': [path.join(ROOT, 'cli/dist/main.js'), 'orders'],
  'node -e': ['-e', FLOOR],
} as const;

const IDENTITY =
  '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
  '<Arn>arn:aws:iam::111122223333:user/someone</Arn><Account>111122223333</Account>' +
  '</GetCallerIdentityResult></GetCallerIdentityResponse>';

/** Milliseconds from the start of a process. */
interface Sample {
  readonly firstRequest: number;
  readonly testConnection: number;
  readonly end: number;
}

/** Answers at once, and notes when it was asked. */
class Endpoint {
  first: number | undefined;
  testConnection: number | undefined;

  private readonly server: Server = createServer((request, response) => {
    const now = performance.now();
    this.first ??= now;
    const isGlue = request.headers['x-amz-target'] !== undefined;
    if (isGlue) {
      this.testConnection ??= now;
    }
    void text(request).then(() => {
      response.setHeader('content-type', isGlue ? 'application/x-amz-json-1.1' : 'text/xml');
      response.end(isGlue ? '{}' : IDENTITY);
    });
  });

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  reset(): void {
    this.first = undefined;
    this.testConnection = undefined;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

async function start(args: readonly string[], endpoint: Endpoint, url: string): Promise<Sample> {
  endpoint.reset();
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: 'ignore',
    env: {
      ...{ PATH: process.env.PATH, AWS_ENDPOINT_URL: url, AWS_REGION: 'us-east-1' },
      ...{ AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'none' },
      ...{ AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    },
  });
  await once(child, 'exit');
  const end = performance.now() - began;
  return {
    firstRequest: (endpoint.first ?? NaN) - began,
    testConnection: (endpoint.testConnection ?? NaN) - began,
    end,
  };
}

export const commandLine: Benchmark = {
  title: 'Command line: a process starts, and tests one connection at an endpoint that answers at once',
  async measure(say) {
    await bundleCli();
    const endpoint = new Endpoint();
    const url = await endpoint.start();
    try {
      const names = Object.keys(VARIANTS) as (keyof typeof VARIANTS)[];
      const samples = await interleave(RUNS, names, (name) => {
        say(name);
        return start(VARIANTS[name], endpoint, url);
      });
      const ours = samples['glue-connection-test'];
      const floor = samples['node -e'];
      const values = (all: readonly Sample[], of: keyof Sample) => all.map((sample) => sample[of]);
      return [
        compared(
          'start to first request',
          'ms',
          values(ours, 'firstRequest'),
          ['node -e', values(floor, 'firstRequest')],
          {
            target: { of: 'ratio', atMost: 1.5 },
            note: "the command line's first request asks STS who it is; that of `node -e`, with the same client of Glue, is TestConnection",
          },
        ),
        compared('start to TestConnection', 'ms', values(ours, 'testConnection'), [
          'node -e',
          values(floor, 'testConnection'),
        ]),
        single('start to end', 'ms', values(ours, 'end')),
      ];
    } finally {
      endpoint.stop();
    }
  },
};
