import { Workspace } from '@cdk-glue-connection-test/local-cloud';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { program } from '../python';

const SERVICES =
  'cloudformation,ec2,lambda,iam,sts,glue,secretsmanager,s3,ssm,logs,ecr,kms,events,scheduler,monitoring,states';
const START_TIMEOUT_MS = 60_000;

export interface MiniStackOptions {
  readonly port: number;
  /** Where functions find Glue. @default - MiniStack's own */
  readonly glueUrl?: string;
  /** Whether each call must be allowed by the policies of whoever makes it. @default false */
  readonly authorizes?: boolean;
  /** Where functions find the packages that Lambda's runtime holds. @default - nowhere: they bundle what they need */
  readonly runtimePackages?: string;
}

/** https://github.com/ministackorg/ministack on a port of this machine, with functions run by this Node.js. */
export class MiniStack {
  static async start(options: MiniStackOptions): Promise<MiniStack> {
    const ministack = new MiniStack(options);
    try {
      await ministack.run();
      return ministack;
    } catch (error) {
      await ministack.stop();
      throw error;
    }
  }

  /** What it has written. */
  log = '';
  private readonly workspace = new Workspace('ministack');

  private constructor(private readonly options: MiniStackOptions) {}

  get url(): string {
    return `http://127.0.0.1:${this.options.port}`;
  }

  /** What the CLI and the SDK need to know. */
  get variables(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    };
  }

  stop(): Promise<void> {
    return this.workspace.close();
  }

  private async run(): Promise<void> {
    const { folder } = this.workspace;
    const { port, glueUrl, authorizes = false, runtimePackages } = this.options;
    const temporary = path.join(folder, 'tmp');
    mkdirSync(temporary);
    const child = this.workspace.spawn(program('ministack'), [], {
      cwd: folder,
      env: {
        // It runs functions with the first `node` that it finds.
        PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH}`,
        HOME: folder,
        TMPDIR: temporary,
        ...{ BIND_HOST: '127.0.0.1', MINISTACK_HOST: '127.0.0.1', GATEWAY_PORT: String(port) },
        ...{ LAMBDA_EXECUTOR: 'local', IOT_MTLS_PORT: '0', SERVICES, AUTH: String(authorizes) },
        // Functions inherit its environment.
        ...(glueUrl !== undefined && { AWS_ENDPOINT_URL_GLUE: glueUrl }),
        ...(runtimePackages !== undefined && { NODE_PATH: runtimePackages }),
      },
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => (this.log += chunk));
    }
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (!(await this.isReady())) {
      if (child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`MiniStack did not start:\n${this.log}`);
      }
      await setTimeout(100);
    }
  }

  private async isReady(): Promise<boolean> {
    return fetch(`${this.url}/_ministack/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}

/** A port that nothing listens at. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
