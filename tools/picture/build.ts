import { LocalCloud, PostgresServer } from '@cdk-glue-connection-test/local-cloud';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { writeBundle } from '../bundle';
import { bundleCli } from '../bundle-cli';
import { drawMonitor } from './dashboard/draw-monitor';
import { record } from './dashboard/record';
import { draw } from './terminal';

/**
 * `npm run picture`: runs the demo with a wrong password, and the command line against three connections, and draws what
 * both have printed; and runs a monitor, and draws its dashboard. The READMEs and the guides show the results.
 */
const ROOT = path.resolve(__dirname, '../..');

async function main(): Promise<void> {
  const deployment = await printed('npm', ['run', '--silent', 'demo', '--', '--fault', 'password']);
  write('failing-deployment.svg', draw('npm run demo -- --fault password', deployment, 150));
  const names = ['orders', 'sales', 'archive'];
  write('terminal.svg', draw(`npx glue-connection-test ${names.join(' ')}`, await tested(names), 110));
  await writeBundle();
  const recorded = await record();
  writeFileSync(path.join(__dirname, 'dashboard/recorded.json'), `${JSON.stringify(recorded, null, 2)}\n`);
  write('monitor.svg', drawMonitor(recorded));
}

/** Tests a connection that works, one with a wrong password and one with a wrong host, of a real database. */
async function tested(names: readonly string[]): Promise<string> {
  await bundleCli();
  const [right, wrong] = [randomBytes(12).toString('base64url'), randomBytes(12).toString('base64url')];
  const database = await PostgresServer.start({ user: 'orders', password: right, database: 'orders' });
  const cloud = await LocalCloud.start();
  const definitions: readonly [string, string][] = [
    ['localhost', right],
    ['localhost', wrong],
    ['archive.invalid', right],
  ];
  for (const [index, [host, password]] of definitions.entries()) {
    const JDBC_CONNECTION_URL = `jdbc:postgresql://${host}:${database.port}/orders`;
    const ConnectionProperties = { JDBC_CONNECTION_URL, USERNAME: 'orders', PASSWORD: password };
    cloud.glue.putConnection({ Name: names[index] ?? '', ConnectionType: 'JDBC', ConnectionProperties });
  }
  try {
    const env = { AWS_ENDPOINT_URL: cloud.endpointUrl, AWS_REGION: 'us-east-1', ...cloud.administrator() };
    return await printed(process.execPath, [path.join(ROOT, 'cli/dist/main.js'), ...names], env);
  } finally {
    await cloud.stop();
    await database.stop();
  }
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

function write(name: string, picture: string): void {
  writeFileSync(path.join(ROOT, 'docs', name), picture);
}

void main();
