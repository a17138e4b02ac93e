import { exception } from '../aws-stub';
import { BlackBox } from '../black-box';
import { deploy, nameOf } from './framework';
import { haveMachine, swept } from './step-functions';

jest.setTimeout(60_000);

let blackBox: BlackBox;
beforeAll(async () => {
  blackBox = await BlackBox.start({ random: 0.01 });
});
beforeEach(() => blackBox.aws.forget());
afterAll(() => blackBox.stop());

const started = () => blackBox.aws.callsOf(/^StartExecution$/);

test('fails with everything that is wrong with the properties, and starts nothing', async () => {
  haveMachine(blackBox.aws, swept());
  const properties = {
    StateMachineArn: 'arn:aws:states:eu-west-1:111122223333:execution:x:y',
    Includes: ['orders'],
    Exclude: 'orders',
    ConnectionTypes: ['JDBC', ''],
    OnEmpty: 'IGNORE',
  };
  const { answer } = await deploy(blackBox, { properties });

  expect(answer.Status).toBe('FAILED');
  expect(answer.Reason).toMatch(/^No Glue connection was tested: invalid properties: /);
  expect(answer.Reason).toContain("'StateMachineArn' must be the ARN of a state machine, got: text of 51 characters");
  expect(answer.Reason).toContain("'Includes' is not a property; did you mean 'Include'?");
  expect(answer.Reason).toContain("'Exclude' must be a list of names of connections, got: text of 6 characters");
  expect(answer.Reason).toContain("'ConnectionTypes[1]' must be 1 to 64 characters, not only blanks, got: nothing");
  expect(answer.Reason).toContain("'OnEmpty' must be one of FAIL, PASS, got: text of 6 characters");
  expect(answer.Reason).not.toMatch(/\n\s+at /);
  expect(started()).toEqual([]);
});

test('fails when patterns are longer than an execution takes', async () => {
  haveMachine(blackBox.aws, swept());
  const Include = Array.from({ length: 100 }, (_, index) => `${'x'.repeat(250)}${index}`);
  const { answer } = await deploy(blackBox, { properties: { Include } });

  expect(answer.Reason).toContain('use fewer or shorter patterns');
  expect(started()).toEqual([]);
});

describe('a start', () => {
  test('that is delivered twice counts once', async () => {
    haveMachine(blackBox.aws, swept());
    blackBox.aws.replies.set('StartExecution', () =>
      exception('ExecutionAlreadyExists', "Execution Already Exists: 'arn:aws:states:…'"),
    );
    const { requestId, answer } = await deploy(blackBox);

    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Outcome: 'PASSED' } });
    expect(answer.Data?.ExecutionArn).toMatch(new RegExp(`:execution:AllConnections:${nameOf(requestId)}$`));
  });

  test('that is denied at first is tried again', async () => {
    haveMachine(blackBox.aws, swept());
    const allowed = blackBox.aws.replies.get('StartExecution')!;
    let denials = 1;
    blackBox.aws.replies.set('StartExecution', (input) =>
      denials-- > 0 ? exception('AccessDeniedException', 'not authorized') : allowed(input),
    );

    expect((await deploy(blackBox)).answer.Status).toBe('SUCCESS');
    expect(started()).toHaveLength(2);
  });

  test('that is throttled is tried again', async () => {
    haveMachine(blackBox.aws, swept());
    const allowed = blackBox.aws.replies.get('StartExecution')!;
    let left = 4;
    blackBox.aws.replies.set('StartExecution', (input) =>
      left-- > 0 ? exception('ThrottlingException', 'Rate exceeded') : allowed(input),
    );

    expect((await deploy(blackBox)).answer.Status).toBe('SUCCESS');
  });

  test('that is refused fails with what Step Functions said', async () => {
    haveMachine(blackBox.aws, swept());
    blackBox.aws.replies.set('StartExecution', () =>
      exception('StateMachineDoesNotExist', 'State Machine Does Not Exist'),
    );
    const { answer, entries } = await deploy(blackBox);

    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toMatch(
      /^The sweep of Glue connections did not start: StateMachineDoesNotExist: State Machine Does Not Exist\n/,
    );
    expect(answer.Reason).not.toMatch(/\n\s+at /);
    expect(entries).toContainEqual(expect.objectContaining({ level: 'ERROR', event: 'sweep failed' }));
  });
});

test('without a function of the CDK between, it fails at once, and says what to use', async () => {
  haveMachine(blackBox.aws, swept());
  const ServiceToken = 'arn:aws:lambda:eu-west-1:111122223333:function:handler';
  const StateMachineArn = 'arn:aws:states:eu-west-1:111122223333:stateMachine:AllConnections';
  const properties = { ConnectionName: undefined, ServiceToken, StateMachineArn, Include: ['x'] };
  const { answer, error } = await blackBox.invoke({ properties });

  expect(error).toBeUndefined();
  expect(answer.Status).toBe('FAILED');
  expect(answer.Reason).toContain(
    "'StateMachineArn' belongs to Custom::GlueConnectionSweep, whose ServiceToken must be the output ServiceToken of the " +
      "sweep's stack: this function is for Custom::GlueConnectionTest",
  );
  expect(answer.Reason).not.toContain('Include');
  expect(started()).toEqual([]);
});

describe('an event that is no request of CloudFormation', () => {
  const ofSweep = { ResourceProperties: { StateMachineArn: {} } };

  test.each([
    ['nothing but the property', ofSweep],
    ['an unknown type', { ...ofSweep, RequestType: 'Replace', ResponseURL: 'https://example.com' }],
    ['members of other types', { ...ofSweep, RequestType: {}, RequestId: 7, StackId: [], ResponseURL: null }],
  ])('starts nothing: %s', async (_, event) => {
    haveMachine(blackBox.aws, swept());
    const { thrown } = await blackBox.call(event);

    expect(thrown).toMatchObject({ name: 'SweepFailed', stack: '' });
    expect(thrown?.message).toContain("'RequestType' must be one of Create, Update, Delete");
    expect(started()).toEqual([]);
  });
});
