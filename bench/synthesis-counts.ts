import type { Tester } from './apps/connections';
import { compared, type Row } from './benchmark';
import type { Synthesize } from './synthesis-process';

const MAX_RESOURCES = 500;
/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MAX_INLINE_CHARACTERS = 10_240;

/** What a stack has room for. */
export async function counts(synthesize: Synthesize, say: (progress: string) => void): Promise<Row[]> {
  say('resources');
  const further = async (tester: Tester, named: boolean) => {
    const kind = named ? 'named' : 'unnamed';
    const [ten, eleven] = [await synthesize(tester, 10, kind), await synthesize(tester, 11, kind)];
    return eleven.resources - ten.resources - 1;
  };
  const [ours, theirs] = [await fitting(synthesize, 'this', 240), await fitting(synthesize, 'AwsCustomResource', 160)];
  const { inlineCharacters } = await synthesize('AwsCustomResource', 100);
  const untilRoleIsFull = Math.floor(MAX_INLINE_CHARACTERS / (inlineCharacters / 100));
  const alternative = 'AwsCustomResource';
  return [
    compared(
      'resources per further test',
      '',
      [await further('this', true)],
      [alternative, [await further(alternative, true)]],
      {
        target: { of: 'value', atMost: 1 },
        note: 'and a managed policy more for each 40 or so, of which IAM takes 6,144 characters',
      },
    ),
    compared(
      'resources per further test, where its grant refers to the stack',
      '',
      [await further('this', false)],
      [alternative, [await further(alternative, false)]],
      { target: { of: 'value', atMost: 2 } },
    ),
    compared('tests in one stack, with their connections', '', [ours], [alternative, [theirs]], {
      target: { of: 'value', atLeast: 245 },
      note:
        `by the number of resources, of which a stack may have ${MAX_RESOURCES}; what AwsCustomResource grants is full ` +
        `at ${untilRoleIsFull} tests, since all inline policies of its role may have 10,240 characters`,
    }),
  ];
}

/** How many tests a stack takes. */
async function fitting(synthesize: Synthesize, tester: Tester, from: number): Promise<number> {
  let count = from;
  while ((await synthesize(tester, count + 1)).resources <= MAX_RESOURCES) {
    count++;
  }
  return count;
}
