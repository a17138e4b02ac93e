import { readFileSync } from 'node:fs';
import packageJson from '../../package.json';
import { NOTICES_FILE, thirdPartyNotices } from '../../tools/package/third-party-notices';

// All files are bundled for it.
jest.setTimeout(60_000);

test('THIRD-PARTY-NOTICES is what `npm run notices` makes of the bundle', async () => {
  expect(readFileSync(NOTICES_FILE, 'utf8')).toBe(await thirdPartyNotices());
});

test('it names each package that lambda/ imports, and none that it does not', () => {
  const notices = readFileSync(NOTICES_FILE, 'utf8');

  for (const name of ['cloudformation', 'ec2', 'glue', 'scheduler', 'secrets-manager', 'sfn'].map(
    (client) => `@aws-sdk/client-${client}`,
  )) {
    expect(notices).toContain(`${name} ${packageJson.devDependencies[name as '@aws-sdk/client-glue']}\nApache-2.0\n`);
  }
  expect(notices).not.toMatch(/esbuild|jest|bowser|event-streams/);
});
