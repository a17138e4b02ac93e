import { bundle } from '../../tools/bundle';

/** Bytes of the bundle, optionally without a package. */
async function sizeOf(external: string[] = []): Promise<number> {
  return Buffer.byteLength((await bundle(external)).code);
}

test('the bundle is at most 280 KB', async () => {
  expect(await sizeOf()).toBeLessThanOrEqual(280_000);
});

test('without the clients that only a rollback check or a secret evaluates, it is at most 230 KB', async () => {
  const onDemand = ['@aws-sdk/client-cloudformation', '@aws-sdk/client-secrets-manager'];
  expect(await sizeOf(onDemand)).toBeLessThanOrEqual(230_000);
});

test('the same sources make the same bundle, byte for byte', async () => {
  expect((await bundle()).code).toBe((await bundle()).code);
});
