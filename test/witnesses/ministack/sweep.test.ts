import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CreateConnectionCommand, GlueClient } from '@aws-sdk/client-glue';
import { setTimeout } from 'node:timers/promises';
import type { SweepSummary } from '../../../lambda/sweep/contract';
import { Cli } from '../../cli/cli';
import { Glue } from './glue';
import { freePort, MiniStack } from './ministack';
import { StepFunctions } from './step-functions';

jest.setTimeout(120_000);

const MAX_CONCURRENCY = 8;
const COUNT = 300;
const BROKEN = ['c-000', 'c-041', 'c-082', 'c-123', 'c-164', 'c-205', 'c-299'];
/** After its first test, a store is down for so long. */
const LATE_MS = 120_000;
/** No name that Glue allows: the function throws. */
const NO_NAME = 'fault\nname';

const names = Array.from({ length: COUNT }, (_, index) => `c-${String(index).padStart(3, '0')}`);
/** From 0.8 to 1.6 seconds. */
const latencyOf = (name: string) => 800 + (Number(name.replace(/\D/g, '')) % 9) * 100;

/** Glue, with the time that its tests take. */
class SlowGlue {
  /** How many of the many were tested at the same time. */
  most = 0;
  readonly ended: string[] = [];
  /** What was said of the store that comes up late. */
  readonly late: string[] = [];
  private running = 0;
  private lateIsUpAt = Infinity;

  readonly testConnection = async (name: string): Promise<void> => {
    if (name === 'late') {
      this.lateIsUpAt = Math.min(this.lateIsUpAt, Date.now() + LATE_MS);
      const isUp = Date.now() >= this.lateIsUpAt;
      this.late.push(isUp ? 'up' : 'down');
      if (!isUp) {
        throw new Error('Communications link failure');
      }
      return;
    }
    this.most = Math.max(this.most, ++this.running);
    await setTimeout(latencyOf(name));
    this.running--;
    this.ended.push(name);
    if (BROKEN.includes(name)) {
      throw new Error('FATAL: password authentication failed for user "orders"');
    }
  };
}

let slowGlue: SlowGlue;
let glue: Glue;
let ministack: MiniStack;
let stepFunctions: StepFunctions;
let stateMachine: string;
let cli: Cli;
let sweptLate: ReturnType<typeof sweep>;
beforeAll(async () => {
  slowGlue = new SlowGlue();
  const port = await freePort();
  glue = await Glue.start(port, slowGlue.testConnection);
  ministack = await MiniStack.start({ port, glueUrl: glue.url });
  stepFunctions = new StepFunctions(ministack.url);
  cli = new Cli(ministack.variables, '');
  const options = { app: 'test/witnesses/ministack/apps/sweep.ts' };
  const given = ['-c', `maxConcurrency=${MAX_CONCURRENCY}`, '-c', 'duringDeployment=false', '-c', 'patience=600'];
  const [bootstrapped] = await Promise.all([cli.cdk(['bootstrap', ...given], options), createConnections()]);
  expect(bootstrapped.exitCode).toBe(0);
  const { exitCode } = await cli.deploy(given, options);
  expect(exitCode).toBe(0);
  stateMachine = await stateMachineArn();
  // It mostly waits: the others run meanwhile.
  sweptLate = sweep({ include: ['late'] });
});
afterAll(async () => {
  cli.dispose();
  await ministack.stop();
  await glue.stop();
});

const settings = () => ({
  endpoint: ministack.url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

async function createConnections(): Promise<void> {
  const client = new GlueClient(settings());
  for (const Name of [...names, 'excluded-orders', 'late', NO_NAME]) {
    await client.send(
      new CreateConnectionCommand({ ConnectionInput: { Name, ConnectionType: 'JDBC', ConnectionProperties: {} } }),
    );
  }
  client.destroy();
}

async function stateMachineArn(): Promise<string> {
  const client = new CloudFormationClient(settings());
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'Sweep' }));
  client.destroy();
  return Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'StateMachine')?.OutputValue ?? '';
}

async function sweep(input: unknown) {
  const startedAt = Date.now();
  const { status, output, error, cause } = await stepFunctions.ended(await stepFunctions.start(stateMachine, input));
  const summary = status === 'SUCCEEDED' ? (JSON.parse(output ?? '') as SweepSummary) : undefined;
  return { status, summary, error, cause, milliseconds: Date.now() - startedAt };
}

test('300 connections, of which 7 are broken: these are in the summary, and no others', async () => {
  const { status, summary, milliseconds } = await sweep({ include: ['c-*'] });

  expect(status).toBe('SUCCEEDED');
  expect(summary).toMatchObject({ listed: COUNT + 3, tested: COUNT, passed: COUNT - 7, failed: 7, omitted: 0 });
  expect(summary?.failures).toEqual(
    BROKEN.map((name) => ({
      name,
      type: 'JDBC',
      category: 'CREDENTIALS',
      message: 'FATAL: password authentication failed for user "orders"',
    })),
  );
  expect(slowGlue.ended.sort()).toEqual(names);
  expect(slowGlue.most).toBe(MAX_CONCURRENCY);
  const work = names.reduce((sum, name) => sum + latencyOf(name), 0);
  expect(milliseconds).toBeLessThanOrEqual((1.5 * work) / MAX_CONCURRENCY);
});

test('an execution that is stopped from outside stays stopped, and has no summary', async () => {
  slowGlue.ended.length = 0;
  const executionArn = await stepFunctions.start(stateMachine, { include: ['c-00*'] });
  while (slowGlue.ended.length === 0) {
    await setTimeout(50);
  }

  await stepFunctions.call('StopExecution', { executionArn, error: 'Stopped', cause: 'by a test' });
  const stopped = { status: 'ABORTED', output: null, error: 'Stopped', cause: 'by a test' };
  expect(await stepFunctions.describe(executionArn)).toMatchObject(stopped);
  // AWS cancels the children, too. MiniStack goes on with the page.
  while (slowGlue.ended.length < 10) {
    await setTimeout(50);
  }
  await setTimeout(500);
  expect(await stepFunctions.describe(executionArn)).toMatchObject(stopped);
});

test('a child whose function fails is in the summary', async () => {
  const { summary } = await sweep({ include: ['fault*'] });

  expect(summary).toMatchObject({ tested: 1, failed: 1 });
  expect(summary?.failures[0]).toMatchObject({
    category: 'FAULT',
    // On AWS, it is the name of what the function threw: InvalidPropertiesError.
    message: 'The test itself failed: Runtime.HandlerError',
  });
});

test("fails when its input can't be used", async () => {
  const { status, error, cause } = await sweep({ includes: ['c-*'] });

  expect(status).toBe('FAILED');
  // On AWS, it is the name of what the function threw: InvalidSweepInput.
  expect(error).toBe('Runtime.HandlerError');
  expect(cause).toContain('it must have no members but include, exclude, connectionTypes, got: includes');
});

test('ends at once when nothing is selected', async () => {
  expect((await sweep({ include: ['excluded-orders'] })).summary).toMatchObject({ tested: 0, unmatched: [] });
});

// The last one: it waits while the others run.
test('a store that answers only after two minutes passes', async () => {
  const { summary, milliseconds } = await sweptLate;

  expect(summary).toMatchObject({ tested: 1, passed: 1, failed: 0 });
  expect(milliseconds).toBeGreaterThanOrEqual(LATE_MS);
  expect(slowGlue.late.at(-1)).toBe('up');
  expect(new Set(slowGlue.late.slice(0, -1))).toEqual(new Set(['down']));
}, 400_000);
