import { text } from './pages';

const readme = text('README.md');

test('the README has at most 350 lines and 2,400 words', () => {
  expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(350);
  expect(readme.split(/\s+/).length).toBeLessThanOrEqual(2400);
});

test('its first screen says what it is, what was tested, and how to try it', () => {
  const [beginning = ''] = readme.split('\n## ');

  expect(beginning).toMatch(/\bnot yet run on AWS\b/);
  expect(beginning).toContain('npm run verify:aws');
  expect(beginning).toContain('```sh\nnpm ci\nnpm run demo\n```');
  expect(beginning).toMatch(/^!\[.*\]\(docs\/failing-deployment\.svg\)$/m);
});
