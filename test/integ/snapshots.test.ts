import { APPS, kept, synthesized } from '../../tools/integ/snapshots';

jest.setTimeout(60_000);

// `npm run integ` writes them anew. Look at the difference: it is what the first person with an account would deploy.
test.each(APPS)('%s synthesizes what its snapshot has', async (app) => {
  expect(await synthesized(app)).toEqual(kept(app));
});
