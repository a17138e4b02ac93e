import { ENVIRONMENT, LocalCloud, PostgresServer, type StackResult } from '@cdk-glue-connection-test/local-cloud';
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import pc from 'picocolors';
import { Closing } from './closing';

/** Longer than the two seconds after which the `cdk` CLI looks again: it sees each failure before the rollback. */
const ROLLBACK_DELAY_MS = 2500;

/** That of the README's quick start. */
const SECRET_NAME = 'orders/database';

const HELP = `npm run local-cloud [-- --port N --state FOLDER]

Serves AWS's APIs on this machine until Ctrl-C, for the cdk command, with a
PostgreSQL beside. It prints what to export and which command to type.

  --port N        listens there; otherwise at any free port
  --state FOLDER  keeps everything in this folder for the next time
  --help          shows this`;

interface Database {
  readonly port: number;
  readonly password: string;
}

/**
 * `npm run local-cloud`: serves AWS's APIs on this machine until Ctrl-C, with a PostgreSQL beside, and prints what the
 * `cdk` CLI needs to know. `--port N` picks the port, `--state FOLDER` keeps everything in a folder for the next time.
 */
async function main(): Promise<void> {
  const closing = new Closing();
  const { port, state, help } = parseArgs({
    options: { port: { type: 'string' }, state: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  }).values;
  if (help === true) {
    console.log(HELP);
    return;
  }
  try {
    const cloud = await LocalCloud.start({
      ...{ port: portOf(port), state, rollbackDelayMs: ROLLBACK_DELAY_MS },
      onResult: printResult,
    });
    closing.add(() => cloud.stop());
    await cloud.bootstrap();
    const database = await startDatabase(cloud, closing);
    printUsage(cloud, database);
  } catch (error) {
    await closing.close();
    throw error;
  }
}

function portOf(given: string | undefined): number | undefined {
  if (given === undefined) {
    return undefined;
  }
  if (!/^\d+$/.test(given) || Number(given) < 1 || Number(given) > 65_535) {
    throw new Error(`'--port' must be a whole number from 1 to 65535, got: ${given}`);
  }
  return Number(given);
}

/** With the port and the password that it had the last time, but empty. */
async function startDatabase(cloud: LocalCloud, closing: Closing): Promise<Database> {
  const before = cloud.recall('database') as Database | undefined;
  const password = before?.password ?? randomBytes(12).toString('base64url');
  const server = await PostgresServer.start({ user: 'orders', password, database: 'orders', port: before?.port });
  closing.add(() => server.stop());
  const database = { port: server.port, password };
  if (before === undefined) {
    cloud.secretsManager.create(SECRET_NAME, JSON.stringify({ username: 'orders', password }));
  }
  cloud.remember('database', database);
  return database;
}

function printUsage(cloud: LocalCloud, { port, password }: Database): void {
  const { AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secret } = cloud.administrator();
  const disturbing = ['AWS_PROFILE', 'AWS_SESSION_TOKEN'].filter((name) => process.env[name] !== undefined);
  const deploy = `npx cdk deploy -c jdbcUrl=jdbc:postgresql://127.0.0.1:${port}/orders`;
  const lines = [
    'A CloudFormation, a Lambda, an IAM and a Glue on this machine, and a real PostgreSQL. No AWS account is used.',
    '',
    'In another terminal:',
    '',
    `  export AWS_ENDPOINT_URL=${cloud.endpointUrl}`,
    `  export AWS_ACCESS_KEY_ID=${keyId} AWS_SECRET_ACCESS_KEY=${secret}`,
    `  export AWS_REGION=${ENVIRONMENT.region}`,
    ...(disturbing.length > 0 ? [`  unset ${disturbing.join(' ')}`] : []),
    '',
    'Then, for the app of this repository, with the database here:',
    '',
    `  ${deploy} --parameters DatabasePassword=${password}`,
    '',
    'And with a wrong password; changing `release` runs the test again:',
    '',
    `  ${deploy} --parameters DatabasePassword=wrong -c release=wrong-password`,
    '',
    `Or for that of the README's quick start, whose secret ${SECRET_NAME} is there: put this address into it, and deploy.`,
    '',
    `  jdbc:postgresql://127.0.0.1:${port}/orders`,
    '',
    'Ctrl-C ends it.',
  ];
  console.log(lines.join('\n'));
}

function printResult({ stackId, status, notModelled }: StackResult): void {
  const stackName = stackId.split('/')[1] ?? stackId;
  const inert = notModelled.length > 0 ? `; not modelled, and inert: ${notModelled.join(', ')}` : '';
  console.log(`${stackName} ${status}${inert}`);
}

main().catch((error: unknown) => {
  console.error(pc.red(error instanceof Error ? error.message : String(error)));
  process.exitCode = 1;
});
