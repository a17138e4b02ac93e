import { bundle } from '../../lambda/bundle';

/** Bytes of the bundle, optionally without a package. */
async function sizeOf(external: string[] = []): Promise<number> {
  const { outputFiles } = await bundle({ external, write: false });
  return outputFiles?.[0]?.contents.length ?? Infinity;
}

test('the bundle is at most 400 KB', async () => {
  expect(await sizeOf()).toBeLessThanOrEqual(400_000);
});

test('without the client that only a rollback check evaluates, it is at most 230 KB', async () => {
  expect(await sizeOf(['@aws-sdk/client-cloudformation'])).toBeLessThanOrEqual(230_000);
});
