import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { bundle } from '../../tools/bundle';
import { BUNDLE } from './hosts';

jest.setTimeout(30_000);

/** Serves a Create in a process of its own, with a Glue that accepts all, and tells which files of the bundle it has loaded. */
const LOADED_BY_A_TEST = `
  const { createServer } = require('node:http');
  const server = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1', async () => {
    const url = 'http://127.0.0.1:' + server.address().port;
    Object.assign(process.env, { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' });
    process.env.AWS_ENDPOINT_URL = url;
    const { handler } = require(${JSON.stringify(BUNDLE)});
    const { contextOf } = require(${JSON.stringify(path.join(__dirname, 'context.js'))});
    const properties = { ServiceToken: 'arn', ConnectionName: 'orders' };
    const event = { RequestType: 'Create', RequestId: '1', ResponseURL: url, ResourceProperties: properties };
    await handler(event, contextOf('1', 60_000));
    const folder = require('node:path').dirname(${JSON.stringify(BUNDLE)});
    const loaded = Object.keys(require.cache).filter((file) => file.startsWith(folder));
    console.log('loaded: ' + loaded.map((file) => require('node:path').basename(file)).join(', '));
    process.exit();
  });
`;

test('what is loaded at the start is at most 280 KB, and 400 KB with what is loaded on demand', async () => {
  const { code, onDemand } = await bundle();

  expect(Buffer.byteLength(code)).toBeLessThanOrEqual(280_000);
  expect(Buffer.byteLength([code, ...Object.values(onDemand)].join(''))).toBeLessThanOrEqual(420_000);
});

test.each([
  ['EC2', 'diagnosis.js', 'DescribeSubnets'],
  ['EventBridge Scheduler', 'monitor.js', 'CreateSchedule'],
  ['a sweep', 'sweep.js', 'Glue did not list its connections'],
  ['Step Functions', 'sweep-resource.js', 'StartExecution'],
])('of %s, nothing is loaded at the start', async (_, file, operation) => {
  const { code, onDemand } = await bundle();

  expect(code).not.toContain(operation);
  expect(onDemand[file]).toContain(operation);
});

test('these are all files that are loaded on demand', async () => {
  const { onDemand } = await bundle();

  expect(Object.keys(onDemand)).toEqual(['diagnosis.js', 'monitor.js', 'sweep.js', 'sweep-resource.js']);
});

test('a test that passes loads none of them', () => {
  const { status, stdout } = spawnSync(process.execPath, ['-e', LOADED_BY_A_TEST], { encoding: 'utf8' });

  expect(status).toBe(0);
  expect(stdout.split('\n').at(-2)).toBe('loaded: index.js');
});

test('what a test needs is in the first file alone', async () => {
  const { onDemand } = await bundle();

  for (const code of Object.values(onDemand)) {
    expect(code).not.toMatch(/TestConnection|GetSecretValue|AssumeRole|DescribeStacks/);
  }
});

test('the same sources make the same bundle, byte for byte', async () => {
  expect(await bundle()).toEqual(await bundle());
});
