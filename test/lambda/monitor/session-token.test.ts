import { exception } from '../aws-stub';
import { BlackBox } from '../black-box';
import { schedulerError } from './fake-scheduler';
import { scheduled, SECRET, send, SETTINGS } from './monitored';

/** A service that refuses a signature quotes what was signed. */
const QUOTED =
  "The Canonical String for this request should have been 'POST\n/\n\nx-amz-date:20300101T000000Z\n" +
  "x-amz-security-token:TOKEN-OF-THE-FUNCTION\n\nhost;x-amz-date;x-amz-security-token'";

let blackBox: BlackBox;
beforeAll(async () => {
  blackBox = await BlackBox.start({ random: 0.1 });
  blackBox.aws.script('TestConnection', 'orders', exception('InvalidInputException', QUOTED));
  blackBox.aws.scheduler.disturb = ({ operation, fields }) =>
    operation === 'CreateSchedule' || JSON.stringify(fields).includes('secret-')
      ? schedulerError('InvalidSignatureException', 403, QUOTED)
      : undefined;
});
afterAll(async () => {
  await blackBox.stop();
});

test.each([
  ['a test by a monitor', () => send(blackBox, scheduled(['orders']))],
  ['a test by a deployment', () => blackBox.invoke({ properties: { ConnectionName: 'orders' } })],
  ['a call of EventBridge Scheduler', () => send(blackBox, { Monitor: SETTINGS, SecretsChanged: [SECRET] })],
])('%s whose signature is refused shows no token of the function', async (_, invoke) => {
  const { log, error, puts } = await invoke();
  const shown = [log, error, ...puts.map(({ body }) => String(body))].join('\n');

  expect(shown).toContain('The Canonical String');
  expect(shown).not.toMatch(/TOKEN-OF-THE-FUNCTION/);
});
