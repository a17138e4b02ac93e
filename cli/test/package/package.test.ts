import { LocalCloud, PostgresServer } from '@cdk-glue-connection-test/local-cloud';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { bundleCli } from '../../../tools/bundle-cli';
import { run as start } from '../../../tools/package/run';
import packageJson from '../../package.json';
import type { Report } from '../../src/run/report';
import { environment, Run } from '../cli';

jest.setTimeout(300_000);

const CLI = path.resolve(__dirname, '../..');
const PASSWORD = 'right-K7MDENG';
const WRONG_PASSWORD = 'wrong-bPxRfiCY';

let folder: string;
let archive: string;
let files: string[];
let project: string;
let cloud: LocalCloud;
let database: PostgresServer;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'cli-package-'));
  const report = start(CLI, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', folder);
  const [packed] = JSON.parse(report) as { filename: string; files: { path: string }[] }[];
  archive = path.join(folder, packed!.filename);
  files = packed!.files.map((file) => file.path);
  project = path.join(folder, 'project');
  mkdirSync(project);
  writeFileSync(path.join(project, 'package.json'), JSON.stringify({ name: 'project', private: true }));
  start(project, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', archive);

  database = await PostgresServer.start({ user: 'orders', password: PASSWORD, database: 'orders' });
  cloud = await LocalCloud.start();
  putConnection('orders', PASSWORD);
  putConnection('sales', WRONG_PASSWORD);
  putConnection('archive', PASSWORD, 'database.invalid');
});
afterAll(async () => {
  await cloud.stop();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

function putConnection(Name: string, password: string, host = 'localhost'): void {
  const JDBC_CONNECTION_URL = `jdbc:postgresql://${host}:${database.port}/orders`;
  const ConnectionProperties = { JDBC_CONNECTION_URL, USERNAME: 'orders', PASSWORD: password };
  cloud.glue.putConnection({ Name, ConnectionType: 'JDBC', ConnectionProperties });
}

/** As users start it. */
function npx(...args: string[]) {
  const env = {
    ...environment(cloud.endpointUrl, { AWS_REGION: 'us-east-1', npm_config_update_notifier: 'false' }),
    ...cloud.administrator(),
  };
  return new Run(['--no-install', 'glue-connection-test', ...args], env, { cwd: project }, 'npx').ended();
}

test('it holds the program, the schema of its report and what users read', () => {
  const built = readdirSync(path.join(CLI, 'dist')).map((file) => `dist/${file}`);

  expect(files.sort()).toEqual([...built, 'LICENSE', 'README.md', 'package.json', 'schema/report.schema.json'].sort());
});

test('it imports its dependencies, and nothing else', async () => {
  const imported = (await bundleCli()).filter((name) => !builtinModules.includes(name.replace('node:', '')));
  const packages = imported.map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0]);

  expect([...new Set(packages)]).toEqual(Object.keys(packageJson.dependencies));
});

test('publint finds nothing in it', () => {
  const publint = path.resolve(CLI, '../node_modules/.bin/publint');

  expect(start(folder, publint, 'run', '--strict', archive)).toContain('All good!');
});

test('npx runs it: a connection that works passes', async () => {
  const { code, stdout, stderr } = await npx('orders');

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('Testing 1 connection in us-east-1 as arn:aws:iam::111122223333:user/administrator.');
  expect(stdout).toContain('✔ orders  passed');
});

test('of three databases, it tells which fail and why, in the words of a failed deployment, and no password', async () => {
  const { code, stdout, stderr } = await npx('orders', 'sales', 'archive', '--json');
  const { connections } = JSON.parse(stdout) as Report;

  expect(code).toBe(1);
  expect(connections.map(({ name, failure }) => [name, failure?.category])).toEqual([
    ['orders', undefined],
    ['sales', 'CREDENTIALS'],
    ['archive', 'UNREACHABLE'],
  ]);
  expect(connections[1]?.failure?.text.split('\n').slice(0, 3)).toEqual([
    "Glue connection 'sales' failed its test: CREDENTIALS.",
    'Glue: FATAL: password authentication failed for user "orders" (InvalidInputException)',
    'Cause: The data store refused the user name or the password.',
  ]);
  expect(connections[2]?.attempts).toBe(3);
  expect(`${stdout}${stderr}`).not.toMatch(new RegExp(`${PASSWORD}|${WRONG_PASSWORD}`));
});
