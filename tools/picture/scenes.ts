import { LocalCloud, PostgresServer } from '@cdk-glue-connection-test/local-cloud';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { AwsStub, exception, output } from '../../test/lambda/aws-stub';
import { closeStore } from '../../test/lambda/network/fail';
import { healthyNetwork } from '../../test/lambda/network/network';
import { bundleCli } from '../bundle-cli';

const ROOT = path.resolve(__dirname, '../..');

/** A run of a program whose output is drawn. */
export interface Scene {
  /** Below `docs/`. */
  readonly file: string;
  readonly command: string;
  /** The width of the terminal. */
  readonly columns: number;
  /** Runs it, and returns what it has printed, in colours. */
  print(): Promise<string>;
}

export const SCENES: readonly Scene[] = [
  {
    file: 'failing-deployment.svg',
    command: 'npm run demo -- --fault password',
    columns: 80,
    print: async () => failureIn(await printed('npm', ['run', '--silent', 'demo', '--', '--fault', 'password'])),
  },
  {
    file: 'network-finding.svg',
    command: 'npx glue-connection-test orders',
    columns: 90,
    print: testInClosedNetwork,
  },
  {
    file: 'terminal.svg',
    command: 'npx glue-connection-test orders sales archive',
    columns: 90,
    print: testThree,
  },
];

/** The deployment around its failure. What is left out is an ellipsis. */
function failureIn(output: string): string {
  const lines = output.trim().split('\n');
  const begin = lines.findIndex((line) => line.includes('Custom::GlueConnectionTest'));
  const deletion = lines.findIndex((line) => line.includes('DELETE_IN_PROGRESS'));
  const end = lines.findIndex((line) => line.includes('ROLLBACK_COMPLETE ') && line.includes('|'));
  return ['…', ...lines.slice(begin, deletion), '…', ...lines.slice(end)].join('\n');
}

/** A connection that works, one with a wrong password and one with a wrong host, of a real database. */
async function testThree(): Promise<string> {
  const [right, wrong] = [randomBytes(12).toString('base64url'), randomBytes(12).toString('base64url')];
  const database = await PostgresServer.start({ user: 'orders', password: right, database: 'orders' });
  const cloud = await LocalCloud.start();
  const definitions: readonly [name: string, host: string, password: string][] = [
    ['orders', 'localhost', right],
    ['sales', 'localhost', wrong],
    ['archive', 'archive.invalid', right],
  ];
  for (const [Name, host, PASSWORD] of definitions) {
    const JDBC_CONNECTION_URL = `jdbc:postgresql://${host}:${database.port}/orders`;
    const ConnectionProperties = { JDBC_CONNECTION_URL, USERNAME: 'orders', PASSWORD };
    cloud.glue.putConnection({ Name, ConnectionType: 'JDBC', ConnectionProperties });
  }
  try {
    const env = { AWS_ENDPOINT_URL: cloud.endpointUrl, AWS_REGION: 'us-east-1', ...cloud.administrator() };
    return await commandLine(
      definitions.map(([name]) => name),
      env,
    );
  } finally {
    await cloud.stop();
    await database.stop();
  }
}

/** The data store's security group doesn't admit the connection's. The APIs of Glue and EC2 are stubs. */
async function testInClosedNetwork(): Promise<string> {
  const aws = await AwsStub.start();
  const network = closeStore(healthyNetwork());
  const { subnetId, securityGroupIds, availabilityZone } = network.connection;
  aws.network = network;
  aws.script('TestConnection', 'orders', exception('InvalidInputException', 'Connect timed out'));
  const Connection = {
    ConnectionProperties: { JDBC_CONNECTION_URL: 'jdbc:postgresql://10.0.2.10:5432/orders' },
    PhysicalConnectionRequirements: {
      SubnetId: subnetId,
      SecurityGroupIdList: securityGroupIds,
      AvailabilityZone: availabilityZone,
    },
  };
  aws.script('GetConnection', 'orders', output({ Connection }));
  const keys = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'EXAMPLE' };
  try {
    return await commandLine(['orders'], { AWS_ENDPOINT_URL: aws.url, AWS_REGION: 'eu-west-1', ...keys });
  } finally {
    await aws.close();
  }
}

async function commandLine(names: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  await bundleCli();
  return printed(process.execPath, [path.join(ROOT, 'cli/dist/main.js'), ...names], env);
}

/** What a program prints in colours. It may fail: that is what the pictures show. */
async function printed(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...process.env, FORCE_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return text(child.stdout);
}
