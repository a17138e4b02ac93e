import * as fc from 'fast-check';
import { BlackBox } from '../black-box';
import { scheduled, SECRET, send, SETTINGS, testedIn, told } from './monitored';

jest.setTimeout(60_000);

let blackBox: BlackBox;
beforeAll(async () => {
  blackBox = await BlackBox.start({ random: 0.1 });
});
afterAll(async () => {
  await blackBox.stop();
});

const { Connections } = scheduled(['orders']);
const without = (name: string) => Object.fromEntries(Object.entries(SETTINGS).filter(([key]) => key !== name));

test.each<[string, unknown, string]>([
  ['null settings', { Monitor: null, Connections }, "'Monitor' must be a map, got: nothing"],
  ['text as its settings', { Monitor: 'group', Connections }, "'Monitor' must be a map"],
  ['a setting of another name', { Monitor: { ...SETTINGS, Groups: 'a' }, Connections }, "did you mean 'Group'?"],
  ...Object.keys(SETTINGS).map((name): [string, unknown, string] => [
    `no ${name}`,
    { Monitor: without(name), Connections },
    `'Monitor.${name}' is required`,
  ]),
  ['no time between two runs', { Monitor: { ...SETTINGS, IntervalMinutes: 0 }, Connections }, '1 to 1440'],
  ['too many at the same time', { Monitor: { ...SETTINGS, MaxConcurrency: 101 }, Connections }, '1 to 100'],
  ['nothing to do', { Monitor: SETTINGS }, 'exactly one of'],
  ['two things to do', { Monitor: SETTINGS, Connections, SecretsChanged: [SECRET] }, 'exactly one of'],
  ['no list of connections', { Monitor: SETTINGS, Connections: { 0: Connections[0] } }, 'must be a list'],
  ['an empty list of secrets', { Monitor: SETTINGS, SecretsChanged: [] }, 'a list of 1 to 20 secrets'],
  ['secrets that are none', { Monitor: SETTINGS, SecretsChanged: [{}] }, "'SecretsChanged[0]' must be"],
  ['no time as its beginning', { ...scheduled(['orders']), BeganAt: '2026-99-99T99:99:99.999Z' }, "'BeganAt'"],
  ['an unknown member', { Monitor: SETTINGS, Connections, Connection: 'orders' }, "'Connection' is not a property"],
])('an event with %s is told in one line that says so', async (_, event, problem) => {
  const { error, entries } = await send(blackBox, event);

  expect(error).toBeUndefined();
  expect(entries).toEqual([
    expect.objectContaining({
      level: 'ERROR',
      event: 'not done',
      message: expect.stringMatching(/^no connection was tested: invalid event: /) as string,
    }),
  ]);
  expect((entries[0]!.problems as string[]).join('\n')).toContain(problem);
  expect(testedIn(blackBox)).toEqual([]);
});

test.each<[string, object, string]>([
  ['no name', { Properties: {} }, "'Connections[0].Properties.ConnectionName' is required"],
  ['no properties', {}, "'Connections[0].Properties' is required"],
  ['a definition instead of a name', { Properties: { TestConnectionInput: {} } }, 'TestConnectionInput'],
  ['a timeout that is too long', { Properties: { ConnectionName: 'x', TimeoutSeconds: 900 } }, '1 to 840'],
  ['secrets that are no list', { Properties: { ConnectionName: 'x' }, Secrets: SECRET }, 'a list of 0 to 20 secrets'],
])('a connection with %s is told, and keeps no other from its test', async (name, entry, problem) => {
  const others = scheduled([name]).Connections;
  const { entries, error } = await send(blackBox, { Monitor: SETTINGS, Connections: [entry, ...others] });
  const leftOut = entries.filter(({ event }) => event === 'connections left out');

  expect(error).toBeUndefined();
  expect(leftOut).toHaveLength(1);
  expect((leftOut[0]!.problems as string[]).join('\n')).toContain(problem);
  expect(told({ entries }).map(({ connectionName }) => connectionName)).toEqual([name]);
});

test('whatever comes as an event, nothing is thrown, and something is told', async () => {
  const anything = fc.oneof(fc.anything(), fc.constantFrom(SETTINGS, Connections, SECRET, [SECRET]));
  const events = fc.record(
    { Monitor: anything, Connections: anything, Secret: anything, SecretsChanged: anything, BeganAt: anything },
    { requiredKeys: ['Monitor'] },
  );
  await fc.assert(
    fc.asyncProperty(events, async (event) => {
      const { error, entries } = await send(blackBox, { ...event, Monitor: event.Monitor ?? null }, 2_000);

      expect(error).toBeUndefined();
      expect(entries.length).toBeGreaterThan(0);
    }),
    { numRuns: 200 },
  );
});

test('no value of an event that is not understood is told', async () => {
  const secret = 'S3cr3tOfTheStore';
  const { log } = await send(blackBox, {
    Monitor: { ...SETTINGS, Group: `${secret} `, Password: secret },
    Connections: [{ Properties: { ConnectionName: 'x', Password: secret }, Secrets: [`${secret} `] }],
    Secret: ` ${secret}`,
    BeganAt: secret,
  });

  expect(log).not.toContain(secret);
});

test('events that are neither CloudFormation’s nor a monitor’s are told as before', async () => {
  for (const event of [null, [], 'Monitor', 5, { monitor: SETTINGS }, {}]) {
    const { error, log } = await send(blackBox, event);

    expect(error).toBeUndefined();
    expect(log.trim().split('\n').at(-1)).toContain('"event":"not answerable"');
  }
});

test('the code in a template says that it has no monitor', async () => {
  const inTemplate = await BlackBox.start({ inTemplate: true });
  const { error, log } = await send(inTemplate, scheduled(['orders'])).finally(() => inTemplate.stop());

  expect(error).toBeUndefined();
  expect(log).toContain('which has no ConnectionMonitor');
});
