import { exception, raw, type Operation } from '../aws-stub';
import { BlackBox } from '../black-box';
import { FAULTS, KNOWN_SECRET, SECRET_ENDS } from '../faults';

/** What Lambda leaves the function. */
const REMAINING_MS = 6_000;

/** CloudFormation's own way to say no. */
const DENIAL = {
  name: 'a denial',
  reply: raw(
    403,
    `<ErrorResponse><Error><Code>AccessDenied</Code><Message>password=${SECRET_ENDS.join('')}</Message></Error></ErrorResponse>`,
  ),
};

const REPLIES = [...FAULTS, DENIAL];

/** The calls beside the one that tests a connection, each of which may fail without a consequence. */
const CALLS: readonly { readonly operation: Operation; readonly situation: string; readonly told: string }[] = [
  { operation: 'DescribeStacks', situation: 'a connection that works', told: 'PASSED' },
  { operation: 'GetConnection', situation: 'a broken connection', told: 'INVALID_INPUT' },
];

test.each(CALLS)(
  'an Update of $situation ends $told in time, whatever $operation gives',
  async (call) => {
    const blackBox = await BlackBox.start({ random: 0.1 });
    const outcomes = await Promise.all(
      REPLIES.map(async ({ name, reply }) => {
        blackBox.aws.script(call.operation, name, reply);
        if (call.told !== 'PASSED') {
          blackBox.aws.script('TestConnection', name, exception('InvalidInputException', 'broken'));
        }
        const { puts, answer, marginMs } = await blackBox.invoke({
          requestType: 'Update',
          event: { StackId: name },
          properties: { ConnectionName: name, Triggers: { password: KNOWN_SECRET } },
          remainingMs: REMAINING_MS,
        });
        const told = answer.Data?.Outcome ?? /failed its test: (\w+)/.exec(answer.Reason ?? '')?.[1];
        return [name, puts.length, told, marginMs > 0 ? 'in time' : `${-marginMs} ms late`];
      }),
    );
    const { log } = blackBox;
    await blackBox.stop();

    expect(outcomes).toEqual(REPLIES.map(({ name }) => [name, 1, call.told, 'in time']));
    expect(SECRET_ENDS.filter((end) => log.includes(end))).toEqual([]);
  },
  30_000,
);
