import { bundle } from '../../tools/bundle';

jest.setTimeout(30_000);

test('what is loaded at the start is at most 280 KB, and 400 KB with what is loaded after a failure', async () => {
  const { code, diagnosis = '' } = await bundle();

  expect(Buffer.byteLength(code)).toBeLessThanOrEqual(280_000);
  expect(Buffer.byteLength(code + diagnosis)).toBeLessThanOrEqual(400_000);
});

test('of EC2, nothing is loaded at the start', async () => {
  const { code, diagnosis } = await bundle();

  expect(code).not.toContain('DescribeSubnets');
  expect(diagnosis).toContain('DescribeSubnets');
});

test('the same sources make the same bundle, byte for byte', async () => {
  expect(await bundle()).toEqual(await bundle());
});
