import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { CreateConnectionCommand, GlueClient } from '@aws-sdk/client-glue';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { buildSweepTemplate, toText } from '../../../tools/template/build';
import { Cli } from '../../cli/cli';
import { Glue } from './glue';
import { freePort, MiniStack } from './ministack';
import { StepFunctions, type Execution } from './step-functions';

jest.setTimeout(240_000);

const NAMES = ['a-1', 'a-2', 'b-1', 'b-2', 'slow-1'];

/** What is wrong, by connection. */
const broken = new Map<string, string>();
const tested: string[] = [];
let slowIsOver = false;

async function testConnection(name: string): Promise<void> {
  tested.push(name);
  while (name.startsWith('slow') && !slowIsOver) {
    await setTimeout(50);
  }
  const message = broken.get(name);
  if (message !== undefined) {
    throw new Error(message);
  }
}

let glue: Glue;
let ministack: MiniStack;
let stepFunctions: StepFunctions;
let cli: Cli;
beforeAll(async () => {
  const port = await freePort();
  glue = await Glue.start(port, testConnection);
  ministack = await MiniStack.start({
    port,
    glueUrl: glue.url,
    // The CDK's provider framework uses the SDK of Lambda's runtime.
    runtimePackages: path.resolve(__dirname, '../../../node_modules'),
  });
  stepFunctions = new StepFunctions(ministack.url);
  cli = new Cli(ministack.variables, '');
  const [bootstrapped] = await Promise.all([cli.cdk(['bootstrap', ...OPTIONS], { app: APP }), createConnections()]);
  expect(bootstrapped.exitCode).toBe(0);
});
beforeEach(() => {
  tested.length = 0;
  broken.clear();
});
afterAll(async () => {
  slowIsOver = true;
  cli.dispose();
  await ministack.stop();
  await glue.stop();
});

const APP = 'test/witnesses/ministack/apps/sweep.ts';
const OPTIONS = ['-c', 'maxConcurrency=4', '-c', 'patience=0'];
const deploy = (include: string) => cli.deploy([...OPTIONS, '-c', `include=${include}`], { app: APP });
const REFUSED = 'FATAL: password authentication failed for user "orders"';

const settings = () => ({
  endpoint: ministack.url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

async function createConnections(): Promise<void> {
  const client = new GlueClient(settings());
  for (const Name of NAMES) {
    await client.send(
      new CreateConnectionCommand({ ConnectionInput: { Name, ConnectionType: 'JDBC', ConnectionProperties: {} } }),
    );
  }
  client.destroy();
}

async function stack(name = 'Sweep'): Promise<Stack> {
  const client = new CloudFormationClient(settings());
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
  client.destroy();
  return Stacks[0]!;
}

async function outputs(name = 'Sweep'): Promise<Record<string, string>> {
  const { Outputs = [] } = await stack(name);
  return Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}

/** A template of this size is read from a bucket. */
async function upload(body: string): Promise<string> {
  const bucket = `${ministack.url}/templates`;
  await fetch(bucket, { method: 'PUT' });
  const { status } = await fetch(`${bucket}/sweep.json`, { method: 'PUT', body });
  expect(status).toBe(200);
  return `${bucket}/sweep.json`;
}

/** Lines may be broken where the terminal would. */
const onOneLine = (output: string) => output.replace(/\s+/g, ' ');

test('a deployment passes where all connections pass', async () => {
  const { exitCode, output } = await deploy('a-*');

  expect(output).toContain('Sweep: deploying');
  expect(exitCode).toBe(0);
  expect(tested.sort()).toEqual(['a-1', 'a-2']);
  expect(await outputs()).toMatchObject({ Failed: '0', Report: 'no failures' });
});

test('an Update with other patterns sweeps again, and fails with what is broken; the rollback tests nothing', async () => {
  broken.set('b-2', REFUSED).set('b-1', 'Communications link failure');
  // A sweep of the rollback would fail, too, and leave the stack in UPDATE_ROLLBACK_FAILED.
  broken.set('a-1', REFUSED);

  const { exitCode, output } = await deploy('b-*');

  expect(exitCode).not.toBe(0);
  expect(onOneLine(output)).toContain('2 of 2 Glue connections failed: b-1 (UNREACHABLE), b-2 (CREDENTIALS)');
  expect(onOneLine(output)).toMatch(/Execution: arn:aws:states:us-east-1:\d{12}:execution:[\w-]+:deployment-[\w-]+/);
  expect(tested.sort()).toEqual(['b-1', 'b-2']);
  expect((await stack()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
});

test('an Update that finds no connection fails, and says what there is', async () => {
  const { exitCode, output } = await deploy('c-*');

  expect(exitCode).not.toBe(0);
  expect(onOneLine(output)).toContain(
    'The sweep found no Glue connection to test: none of the 5 in the Data Catalog is selected; no name matches c-*.',
  );
  expect((await stack()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
});

test('an execution that is stopped from outside fails the deployment, and says so', async () => {
  const { StateMachine: stateMachineArn } = await outputs();
  const deployed = deploy('slow-*');
  while (!tested.includes('slow-1')) {
    await setTimeout(100);
  }
  const { executions } = (await stepFunctions.call('ListExecutions', { stateMachineArn, statusFilter: 'RUNNING' })) as {
    executions: Execution[];
  };
  expect(executions).toHaveLength(1);
  await stepFunctions.call('StopExecution', {
    executionArn: executions[0]!.executionArn,
    error: 'Maintenance',
    cause: 'by an operator',
  });

  const { exitCode, output } = await deployed;
  slowIsOver = true;
  expect(exitCode).not.toBe(0);
  expect(onOneLine(output)).toContain(
    'The sweep of Glue connections was stopped before its end: Maintenance: by an operator',
  );
  expect((await stack()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
});

test('the template is deployed by hand, and reports what is broken in its outputs', async () => {
  broken.set('b-2', REFUSED);
  const client = new CloudFormationClient(settings());
  const parameters = {
    ConnectionNamePattern: 'b-*',
    ExcludedNamePatterns: 'b-3, b-4',
    OnFailure: 'REPORT',
    PatienceInSeconds: '0',
  };
  await client.send(
    new CreateStackCommand({
      StackName: 'sweep-by-hand',
      TemplateURL: await upload(toText(buildSweepTemplate())),
      Capabilities: ['CAPABILITY_IAM'],
      Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue,
      })),
    }),
  );
  while ((await stack('sweep-by-hand')).StackStatus === 'CREATE_IN_PROGRESS') {
    await setTimeout(500);
  }
  client.destroy();

  expect((await stack('sweep-by-hand')).StackStatus).toBe('CREATE_COMPLETE');
  expect(await outputs('sweep-by-hand')).toMatchObject({
    Failed: '1',
    Report: `b-2 (CREDENTIALS): ${REFUSED}`,
    ServiceToken: expect.stringMatching(/^arn:aws:lambda:/) as string,
  });
  expect(tested.sort()).toEqual(['b-1', 'b-2']);
});

test('the stack is deleted', async () => {
  const { exitCode } = await cli.cdk(['destroy', '--force', ...OPTIONS], { app: APP });

  expect(exitCode).toBe(0);
  expect(tested).toEqual([]);
});
