import { bundle } from '../../lambda/bundle';

/** Bytes of the bundle, optionally without a package. */
async function sizeOf(external: string[] = []): Promise<number> {
  const { outputFiles } = await bundle({ external, write: false });
  return outputFiles?.[0]?.contents.length ?? Infinity;
}

test('the bundle is at most 400 KB', async () => {
  expect(await sizeOf()).toBeLessThanOrEqual(400_000);
});

test('without the clients that only a rollback check or a secret evaluates, it is at most 240 KB', async () => {
  const onDemand = ['@aws-sdk/client-cloudformation', '@aws-sdk/client-secrets-manager'];
  expect(await sizeOf(onDemand)).toBeLessThanOrEqual(240_000);
});
