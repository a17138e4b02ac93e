import { ENVIRONMENT, LocalCloud, PostgresServer } from '@cdk-glue-connection-test/local-cloud';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');

export interface CommandResult {
  readonly exitCode: number | null;
  /** What a terminal would show, without colours. */
  readonly output: string;
}

/** The `cdk` of npm, as it is. */
export class Cli {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-cli-'));

  /**
   * @param variables those that `npm run local-cloud` prints
   * @param jdbcUrl of a database with a user `orders`
   */
  constructor(
    private readonly variables: Readonly<Record<string, string>>,
    readonly jdbcUrl: string,
  ) {}

  /** Runs `cdk` with the app of `cdk.json`, or with one of this folder's. */
  cdk(args: readonly string[], { app = 'bin/app.ts' } = {}): Promise<CommandResult> {
    const options = [
      '--app',
      `node --import tsx ${app}`,
      '--output',
      path.join(this.folder, 'cdk.out'),
      '--no-notices',
    ];
    return this.run(process.execPath, [path.join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk'), ...args, ...options]);
  }

  deploy(args: readonly string[], options: { app?: string } = {}): Promise<CommandResult> {
    return this.cdk(['deploy', '--require-approval', 'never', '--progress', 'events', ...args], options);
  }

  /** The app of `cdk.json`, with that password for the database's user. */
  deployOrders(password: string, ...args: string[]): Promise<CommandResult> {
    return this.deploy(['-c', `jdbcUrl=${this.jdbcUrl}`, '--parameters', `DatabasePassword=${password}`, ...args]);
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private run(program: string, args: readonly string[]): Promise<CommandResult> {
    const child = spawn(program, args, { cwd: ROOT, env: this.environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    }
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (exitCode) => resolve({ exitCode, output }));
    });
  }

  private environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      // Where the CLI remembers which account an access key is of.
      HOME: this.folder,
      ...this.variables,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      // Loading CloudFormation's rules takes ten seconds for each synthesis.
      CDK_VALIDATION: 'false',
    };
  }
}

/** The CLI in front of a local cloud of this process, with a database. */
export class CliBed extends Cli {
  static async start(): Promise<CliBed> {
    const password = randomBytes(12).toString('base64url');
    const database = await PostgresServer.start({ user: 'orders', password, database: 'orders' });
    const cloud = await LocalCloud.start({ rollbackDelayMs: 2500 });
    await cloud.bootstrap();
    return new CliBed(cloud, database, password);
  }

  private constructor(
    readonly cloud: LocalCloud,
    readonly database: PostgresServer,
    readonly password: string,
  ) {
    const variables = { AWS_ENDPOINT_URL: cloud.endpointUrl, AWS_REGION: ENVIRONMENT.region, ...cloud.administrator() };
    super(variables, `jdbc:postgresql://${database.host}:${database.port}/orders`);
  }

  async stop(): Promise<void> {
    this.dispose();
    await this.cloud.stop();
    await this.database.stop();
  }
}

/** An event as the CLI prints it. */
export interface PrintedEvent {
  /** The CLI cuts it after 23 characters. */
  readonly status: string;
  readonly resourceType: string;
  /** The construct's path and the logical id, then the reason. */
  readonly text: string;
}

/** What was printed while a deployment went on; the CLI repeats failures below. */
export function eventsIn(output: string): PrintedEvent[] {
  const [during = ''] = output.split('Failed resources:');
  return [...during.matchAll(/^[\w-]+ \|[ \d/]+\| [\d:]+ (?:[AP]M )?\| (\w+) +\| ([\w:]+) +\| (.*)$/gm)].map(
    ([, status = '', resourceType = '', text = '']) => ({ status, resourceType, text: text.trim() }),
  );
}

/** The states that the resources of a type went through, in the order of the events. */
export function statesOf(output: string, resourceType: string): string[] {
  return eventsIn(output)
    .filter((event) => event.resourceType === resourceType)
    .map(({ status }) => status);
}

export const STACK = 'AWS::CloudFormation::Stack';
export const TEST = 'Custom::GlueConnectionTest';
export const JOB = 'AWS::Glue::Job';
