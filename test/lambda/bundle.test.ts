import { bundle } from '../../tools/bundle';

jest.setTimeout(30_000);

test('what is loaded at the start is at most 280 KB, and 400 KB with what is loaded on demand', async () => {
  const { code, onDemand } = await bundle();

  expect(Buffer.byteLength(code)).toBeLessThanOrEqual(280_000);
  expect(Buffer.byteLength([code, ...Object.values(onDemand)].join(''))).toBeLessThanOrEqual(420_000);
});

test.each([
  ['EC2', 'diagnosis.js', 'DescribeSubnets'],
  ['EventBridge Scheduler', 'monitor.js', 'CreateSchedule'],
  ['a sweep', 'sweep.js', 'Glue did not list its connections'],
])('of %s, nothing is loaded at the start', async (_, file, operation) => {
  const { code, onDemand } = await bundle();

  expect(code).not.toContain(operation);
  expect(onDemand[file]).toContain(operation);
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
