import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { BlackBox } from '../../lambda/black-box';
import { judge, type Verdict } from './botocore';
import { haveConnections, named } from '../../lambda/sweep/glue';
import { EVENTS, haveNoExecutions, script, SWEEP, SWEEP_RESOURCE, SWEEP_WAITING } from './events';
import { Recorder, type Exchange } from './recorder';

jest.setTimeout(60_000);

let exchanges: readonly Exchange[];
let verdict: Verdict;
beforeAll(async () => {
  const recorder = await Recorder.start();
  const blackBox = await BlackBox.start({ random: 0.1, awsUrl: recorder.url });
  recorder.forwardTo = blackBox.aws.url;
  script(blackBox.aws);
  for (const invocation of Object.values(EVENTS)) {
    await blackBox.invoke(invocation);
  }
  // More than one page of them
  haveConnections(blackBox.aws, named(...Array.from({ length: 101 }, (_, index) => `orders-${index}`)));
  await blackBox.call(SWEEP);
  await blackBox.call(SWEEP_RESOURCE);
  await blackBox.call(SWEEP_WAITING);
  haveNoExecutions(blackBox.aws);
  await blackBox.call(SWEEP_RESOURCE);
  await blackBox.call(SWEEP_WAITING);
  await blackBox.stop();
  await recorder.stop();
  exchanges = recorder.exchanges;
  verdict = judge(exchanges);
});

/** Those that the function's code can make, by what it imports of the SDK. */
function operationsInCode(): string[] {
  const folder = path.join(__dirname, '../../../lambda');
  const code = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .join('\n');
  return [...new Set([...code.matchAll(/new (\w+)Command\(/g)].map(([, name = '']) => name))].sort();
}

test('each call that the function can make was recorded', () => {
  const recorded = verdict.exchanges.map(({ operation }) => operation.split(':')[1]);

  expect([...new Set(recorded)].sort()).toEqual(operationsInCode());
});

test("all calls, and all answers of our stub, are as AWS's model has them", () => {
  expect(verdict.exchanges.filter(({ problems }) => problems.length > 0)).toEqual([]);
});

test('every member that TestConnection takes was sent', () => {
  expect(verdict.neverSent['glue:TestConnection']).toEqual([]);
});

test.each([
  ['a member that does not exist', '"ConnectionName"', '"ConnectionNames"', 'Unknown parameter'],
  ['a filter that is no list', 'Filter.1.Value.1', 'Filter.1.Values', 'Invalid type'],
  ['a value of another type', '"ConnectionName":"orders"', '"ConnectionName":1', 'Invalid type'],
  ['a member of a schedule that does not exist', '"ScheduleExpression"', '"Expression"', 'Unknown parameter'],
  ['a state of executions that does not exist', '"RUNNING"', '"RUNS"', 'not in the enumeration'],
  ['a type of connections that does not exist', '"SALESFORCE"', '"SALESFORCES"', 'not in the enumeration'],
])('%s would be found in a call', (_, text, replacement, problem) => {
  expect(problemsWith((exchange) => exchange.request, text, replacement)).toContain(problem);
});

test.each([
  ['a member that does not exist', '"SecretString"', '"SecretText"', 'unknown'],
  ['an error that does not exist', 'InvalidInputException', 'InvalidException', 'is not one of'],
  ['a status that does not exist', '"status":"RUNNING"', '"status":"RUNS"', 'not in the enumeration'],
  ['XML that is none', '<StackStatus>', '<StackStatus', 'ResponseParserError'],
  ['a state that does not exist', 'UPDATE_IN_PROGRESS', 'UPDATING', 'not in the enumeration'],
])('%s would be found in an answer', (_, text, replacement, problem) => {
  expect(problemsWith((exchange) => exchange.response, text, replacement)).toContain(problem);
});

/** What is found when a text is replaced in the first body that has it. */
function problemsWith(
  part: (exchange: Exchange) => { readonly body: string },
  text: string,
  replacement: string,
): string {
  const exchange = exchanges.find((one) => part(one).body.includes(text));
  const changed = JSON.parse(JSON.stringify(exchange)) as Exchange;
  Object.assign(part(changed), { body: part(changed).body.replace(text, replacement) });
  try {
    return judge([changed])
      .exchanges.flatMap(({ problems }) => problems)
      .join('\n');
  } catch (error) {
    return (error as Error).message;
  }
}
