import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { quickStart } from '../languages/readme';
import { Cli, JOB, STACK, statesOf, TEST } from './cli';

jest.setTimeout(180_000);

/** `npm run local-cloud`, and what it prints. */
class Program {
  static async start(...args: string[]): Promise<Program> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'bin/local-cloud.ts', ...args], {
      cwd: path.join(__dirname, '..', '..'),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const program = new Program(child);
    const lines = createInterface(child.stdout).on('line', (line) => program.lines.push(line));
    await new Promise<void>((resolve) => {
      lines.on('line', (line) => line.startsWith('Ctrl-C') && resolve());
      lines.on('close', resolve);
    });
    return program;
  }

  readonly lines: string[] = [];

  private constructor(private readonly child: ChildProcess) {}

  /** What its lines would export. */
  get variables(): Record<string, string> {
    const exports = this.lines.filter((line) => line.startsWith('  export '));
    return Object.fromEntries(
      exports.flatMap((line) => [...line.matchAll(/(\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value])),
    );
  }

  /** Those of the commands that it prints: with a password that is right, and one that is wrong. */
  get deployArguments(): string[][] {
    const commands = this.lines.filter((line) => line.includes('npx cdk deploy'));
    return commands.map((command) => command.split('npx cdk deploy ')[1]?.split(' ') ?? []);
  }

  /** The address of its database. */
  get jdbcUrl(): string {
    return this.lines.map((line) => line.trim()).find((line) => line.startsWith('jdbc:')) ?? '';
  }

  async end(signal: NodeJS.Signals): Promise<unknown> {
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    return ended;
  }
}

const EXAMPLE_URL = 'jdbc:postgresql://db.example.com:5432/orders';

const folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-state-'));
const state = path.join(folder, 'state');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what it prints is all that the CLI needs, and with --state it goes on where it was killed', async () => {
  const first = await Program.start('--state', state);
  expect(first.lines.filter((line) => line.startsWith('  export '))).toHaveLength(3);
  expect(first.lines[0]).toBe(
    'CDKToolkit CREATE_COMPLETE; not modelled, and inert: AWS::ECR::Repository, AWS::S3::BucketPolicy',
  );
  const cli = new Cli(first.variables, '');
  const [right = [], wrong = []] = first.deployArguments;
  const created = await cli.deploy(right);
  const refusedByStore = await cli.deploy(wrong);
  await first.end('SIGKILL');

  const second = await Program.start('--state', state);
  const unchanged = await cli.deploy(right);
  const updated = await cli.deploy([...right, '-c', 'release=2']);
  const refused = await Program.start('--state', state);
  const ended = await second.end('SIGINT');
  cli.dispose();

  expect(created.exitCode).toBe(0);
  expect(refusedByStore.exitCode).toBe(1);
  expect(refusedByStore.output).toContain('failed its test: CREDENTIALS');
  expect(second.variables).toEqual(first.variables);
  expect(second.deployArguments).toEqual(first.deployArguments);
  expect(unchanged.output).toContain('✅  Orders (no changes)');
  expect(updated.exitCode).toBe(0);
  expect(statesOf(updated.output, TEST)).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE']);
  expect(statesOf(updated.output, STACK).at(-1)).toBe('UPDATE_COMPLETE');
  expect(refused.lines).toEqual([]);
  expect(ended).toEqual([130, null]);
});

test("the README's quick start passes there, and fails with a name that its database doesn't have", async () => {
  const program = await Program.start();
  const cli = new Cli(program.variables, program.jdbcUrl);
  const { app: source } = quickStart('tsx');
  const deploy = (url: string) => {
    const app = path.join(folder, 'app.ts');
    const index = path.join(__dirname, '../../lib/index');
    writeFileSync(app, source.replace(EXAMPLE_URL, url).replace("'cdk-glue-connection-test'", JSON.stringify(index)));
    return cli.deploy([], { app });
  };
  symlinkSync(path.join(__dirname, '../../node_modules'), path.join(folder, 'node_modules'));

  const passed = await deploy(cli.jdbcUrl);
  const failed = await deploy(`${cli.jdbcUrl}-of-nobody`);
  await program.end('SIGINT');
  cli.dispose();

  expect(source).toContain(EXAMPLE_URL);
  expect(statesOf(passed.output, STACK).at(-1)).toBe('CREATE_COMPLETE');
  expect(statesOf(passed.output, JOB)).toContain('CREATE_COMPLETE');
  expect(failed.exitCode).toBe(1);
  expect(failed.output).toContain('database "orders-of-nobody" does not exist');
  expect(statesOf(failed.output, STACK).at(-1)).toBe('UPDATE_ROLLBACK_COMPLET');
});
