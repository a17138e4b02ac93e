import { raw } from '../aws-stub';
import { BlackBox } from '../black-box';
import { deploy, STACK } from './framework';
import { broken, haveMachine, swept } from './step-functions';

jest.setTimeout(30_000);

let blackBox: BlackBox;
beforeAll(async () => {
  blackBox = await BlackBox.start({ random: 0.01 });
});
beforeEach(() => blackBox.aws.forget());
afterAll(() => blackBox.stop());

/** Names of 255 characters, each in another way the longest. */
const NAMES: Readonly<Record<string, (index: number) => string>> = {
  letters: (index) => String(index).padEnd(255, 'x'),
  emoji: (index) => String(index).padStart(3, '0') + '🎉'.repeat(252),
  quotes: (index) => String(index).padEnd(255, '"\\'),
  'control characters': (index) => String(index).padEnd(255, '\u0001'),
  'half a pair': (index) => String(index).padEnd(255, '\uD83C'),
};

/** As many as an execution's output has room for. */
const failures = (name: (index: number) => string) => ({
  ...broken(...Array.from({ length: 60 }, (_, index) => [name(index), 'UNREACHABLE', '"🎉'.repeat(60)] as const)),
  tested: 1_000,
  failed: 1_000,
  omitted: 940,
  report: `s3://${'b'.repeat(63)}/${'p'.repeat(900)}/`,
});

const LONG_IDS = {
  StackId: `arn:aws:cloudformation:eu-west-1:111122223333:stack/${'s'.repeat(128)}/1a2b3c4d-12ab-34cd-56ef-1234567890ab`,
  RequestId: 'b7d1a2b3-12ab-34cd-56ef-1234567890ab',
  LogicalResourceId: 'L'.repeat(255),
};

describe.each([
  ['usual IDs', {}],
  ['the longest IDs', LONG_IDS],
  ['a physical ID as long as may be', { PhysicalResourceId: 'p'.repeat(1_024) }],
])('an answer has at most 4,096 bytes, with %s', (_, event) => {
  test.each(Object.keys(NAMES))('and 1,000 failed connections with names of %s', async (kind) => {
    haveMachine(blackBox.aws, swept(failures(NAMES[kind]!)));
    blackBox.aws.script(
      'DescribeStacks',
      STACK,
      raw(403, '<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>'),
    );
    const failed = await deploy(blackBox, { requestType: 'Update', event });
    const reported = await deploy(blackBox, { event, properties: { OnFailure: 'REPORT' } });

    expect(Buffer.byteLength(failed.body)).toBeLessThanOrEqual(4_096);
    expect(failed.answer.Reason).toMatch(
      /^1000 of 1000 Glue connections failed: .+, … and \d+ more\nExecution: arn:/su,
    );
    expect(failed.answer.Reason).toMatch(/ function does not use\.(\nCloudFormation did not tell .+)?\n\nLogs: .+\n$/s);
    expect(Buffer.byteLength(reported.body)).toBeLessThanOrEqual(4_096);
    expect(reported.answer.Data?.Report).toMatch(/^0.+; … and \d+ more$/su);
  });

  test.each<[string, Readonly<Record<string, unknown>>, Parameters<typeof swept>[0] | undefined]>([
    ['patterns that match nothing', {}, { tested: 0, unmatched: Array.from({ length: 15 }, () => '🎉'.repeat(255)) }],
    ['invalid properties', { Include: Array.from({ length: 99 }, () => '') }, undefined],
  ])('and %s', async (_, properties, summary) => {
    haveMachine(blackBox.aws, swept(summary));
    const { answer, body } = await deploy(blackBox, { event, properties });

    expect(answer.Status).toBe('FAILED');
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(4_096);
    expect(answer.Reason).toContain('…\n');
  });

  test('and a cause as long as Step Functions keeps one', async () => {
    haveMachine(blackBox.aws, { status: 'FAILED', error: 'E'.repeat(256), cause: '\u0001🎉'.repeat(10_000) });
    const { answer, body } = await deploy(blackBox, { event });

    expect(answer.Status).toBe('FAILED');
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(4_096);
  });
});

test('fewer names are all there, in the order of the alphabet', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `connection-with-a-usual-name-${index + 10}`);
  haveMachine(blackBox.aws, swept(broken(...names.map((name) => [name, 'UNREACHABLE'] as const))));
  const { answer } = await deploy(blackBox);

  expect(answer.Reason).toContain(names.map((name) => `${name} (UNREACHABLE)`).join(', '));
  expect(answer.Reason).not.toContain('…');
});
