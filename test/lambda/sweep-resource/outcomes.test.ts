import { BlackBox } from '../black-box';
import { deploy, nameOf } from './framework';
import { broken, executionArn, haveMachine, MACHINE, swept } from './step-functions';

jest.setTimeout(30_000);

let blackBox: BlackBox;
beforeAll(async () => {
  blackBox = await BlackBox.start({ random: 0.1 });
});
beforeEach(() => blackBox.aws.forget());
afterAll(() => blackBox.stop());

test('a sweep that finds nothing broken passes, with attributes that are all text', async () => {
  haveMachine(blackBox.aws, swept({ unsupported: 3, passed: 287 }), { polls: 2 });
  const { requestId, answer, ended } = await deploy(blackBox);

  expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Orders-Sweep' });
  expect(answer.Data).toEqual({
    Outcome: 'PASSED',
    Listed: '300',
    Tested: '290',
    Passed: '287',
    Failed: '0',
    Unsupported: '3',
    Report: 'no failures',
    ExecutionArn: executionArn(nameOf(requestId)),
  });
  expect(ended).toHaveLength(1 + 3);
});

test('what the properties select narrows the execution', async () => {
  haveMachine(blackBox.aws, swept());
  const properties = { Include: ['prod-*'], Exclude: ['prod-legacy-*'], ConnectionTypes: ['JDBC'] };
  const { requestId } = await deploy(blackBox, { properties });

  const [call] = blackBox.aws.callsOf(/^StartExecution$/);
  expect(call?.input).toMatchObject({ stateMachineArn: MACHINE, name: nameOf(requestId) });
  expect(JSON.parse(String(call?.input.input))).toEqual({
    include: ['prod-*'],
    exclude: ['prod-legacy-*'],
    connectionTypes: ['JDBC'],
  });
});

describe('connections that fail', () => {
  test('fail the deployment, by their names and categories', async () => {
    haveMachine(blackBox.aws, swept(broken(['billing'], ['orders', 'UNREACHABLE'], ['tax', 'FAULT'])));
    const { requestId, answer } = await deploy(blackBox);

    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toContain(
      '3 of 290 Glue connections failed: billing (CREDENTIALS), orders (UNREACHABLE), tax (FAULT)\n' +
        `Execution: ${executionArn(nameOf(requestId))}\n`,
    );
  });

  test('are said to be in a report, where there is one', async () => {
    const report = 's3://my-bucket/sweeps/deployment-1/';
    haveMachine(blackBox.aws, swept({ ...broken(['billing']), report }));
    const { requestId, answer } = await deploy(blackBox);

    expect(answer.Reason).toContain(
      `billing (CREDENTIALS)\nExecution: ${executionArn(nameOf(requestId))}\nReport: ${report}\n`,
    );
  });

  test('show in the attributes alone, where that is asked for', async () => {
    haveMachine(blackBox.aws, swept(broken(['billing'], ['orders', 'UNREACHABLE', 'Connect timed out\nat once'])));
    const { answer } = await deploy(blackBox, { properties: { OnFailure: 'REPORT' } });

    expect(answer).toMatchObject({
      Status: 'SUCCESS',
      Data: {
        Outcome: 'FAILED',
        Passed: '288',
        Failed: '2',
        Report:
          'billing (CREDENTIALS): FATAL: password authentication failed; orders (UNREACHABLE): Connect timed out at once',
      },
    });
  });
});

describe('no connection to test', () => {
  const none = { tested: 0, passed: 0 };

  test('fails the deployment, with the patterns that match nothing', async () => {
    haveMachine(blackBox.aws, swept({ ...none, unmatched: ['prd-*', 'orders'] }));
    const { answer } = await deploy(blackBox, { properties: { Include: ['prd-*', 'orders'] } });

    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toContain(
      'The sweep found no Glue connection to test: none of the 300 in the Data Catalog is selected; no name matches ' +
        'prd-*, orders.\n',
    );
  });

  test('fails it too where there is none at all', async () => {
    haveMachine(blackBox.aws, swept({ ...none, listed: 0 }));

    expect((await deploy(blackBox)).answer.Reason).toContain(
      'The sweep found no Glue connection to test: the Data Catalog holds none.\n',
    );
  });

  test('passes where that is asked for', async () => {
    haveMachine(blackBox.aws, swept({ ...none, listed: 0 }));
    const { answer } = await deploy(blackBox, { properties: { OnEmpty: 'PASS' } });

    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Outcome: 'PASSED', Listed: '0', Tested: '0' } });
  });

  test('passes where all were deleted during the sweep', async () => {
    haveMachine(blackBox.aws, swept({ ...none, listed: 2, deleted: 2 }));

    expect((await deploy(blackBox)).answer.Status).toBe('SUCCESS');
  });
});
