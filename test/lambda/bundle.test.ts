import { bundle } from '../../tools/bundle';

test('the bundle is at most 280 KB', async () => {
  expect(Buffer.byteLength((await bundle()).code)).toBeLessThanOrEqual(280_000);
});

test('the same sources make the same bundle, byte for byte', async () => {
  expect((await bundle()).code).toBe((await bundle()).code);
});
