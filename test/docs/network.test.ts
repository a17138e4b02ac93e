import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RULES } from '../../lambda/network/rules';
import { BlackBox } from '../lambda/black-box';
import { closeStore, failIn } from '../lambda/network/fail';
import { DNS, healthyNetwork } from '../lambda/network/network';

const text = (file: string) => readFileSync(path.join(__dirname, '../..', file), 'utf8');
const guide = text('docs/network.md');

test("the guide's table has each rule of a network, in the order in which they are told", () => {
  const names = [...guide.matchAll(/^\| `([A-Z_\d]+)`/gm)].map(([, name]) => name);

  expect(names).toEqual(RULES.map(({ name }) => name));
});

test('the page of messages shows a reason as the function makes it, and the guide shows how it begins', async () => {
  const blackBox = await BlackBox.start({ random: 0, environment: { DNS: JSON.stringify(DNS) } });
  const properties = { MaxAttempts: '3', TimeoutSeconds: '60' };
  const { answer } = await failIn(blackBox, closeStore(healthyNetwork()), 'Connect timed out', properties).finally(() =>
    blackBox.stop(),
  );
  const withoutTime = (reason = '') => reason.replace(/\bin [\d.]+ s\./, 'in N s.');
  const shownIn = (page: string) =>
    withoutTime(/^```\n(Glue connection [^]*?)\n```$/m.exec(page)?.[1] ?? 'no reason is shown');

  expect(shownIn(text('docs/troubleshooting.md'))).toBe(withoutTime(answer.Reason));
  expect(answer.Reason).toContain(`${shownIn(guide)}\n`);
  expect(shownIn(guide)).toContain('\nFound: ');
});
