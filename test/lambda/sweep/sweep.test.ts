import { exception, pass } from '../aws-stub';
import { BlackBox } from '../black-box';
import { answerTests, haveConnections, named, REFUSED, UNREACHABLE } from './glue';
import { execute } from './machine';

jest.setTimeout(30_000);

let blackBox: BlackBox;
beforeAll(async () => {
  blackBox = await BlackBox.start();
});
beforeEach(() => blackBox.aws.forget());
afterAll(() => blackBox.stop());

const tested = () =>
  blackBox.aws
    .callsOf(/^TestConnection$/)
    .map(({ input }) => input.ConnectionName)
    .sort();

describe('which connections', () => {
  test('all of a catalog, however many pages Glue has, each once and in alphabetical order', async () => {
    const names = Array.from({ length: 250 }, (_, index) => `connection-${String(index).padStart(3, '0')}`);
    haveConnections(blackBox.aws, named(...[...names].reverse()));

    const { summary, pages } = await execute(blackBox, { selection: { CatalogId: '111122223333' } });

    expect(pages).toEqual([names]);
    expect(summary).toMatchObject({ listed: 250, tested: 250, passed: 250, failed: 0, failures: [] });
    const calls = blackBox.aws.callsOf(/^GetConnections$/);
    expect(calls.map(({ input }) => input)).toContainEqual({
      CatalogId: '111122223333',
      HidePassword: true,
      MaxResults: 100,
    });
  });

  test('those that patterns and types select', async () => {
    haveConnections(blackBox.aws, [
      { Name: 'prod-orders' },
      { Name: 'prod-legacy-orders' },
      { Name: 'prod-events', ConnectionType: 'KAFKA' },
      { Name: 'test-orders' },
    ]);

    await execute(blackBox, {
      selection: { Include: ['prod-*'], Exclude: ['prod-legacy-*'], ConnectionTypes: ['JDBC', 'SALESFORCE'] },
    });

    expect(tested()).toEqual(['prod-orders']);
  });

  test('those of lists with commas, as a template with parameters has them', async () => {
    haveConnections(blackBox.aws, named('a1', 'b1', 'c1'));

    await execute(blackBox, { selection: { Include: 'a*, b*', Exclude: '', ConnectionTypes: 'JDBC,SALESFORCE' } });

    expect(tested()).toEqual(['a1', 'b1']);
  });

  test('no more than the definition selects, whatever the input of an execution asks for', async () => {
    haveConnections(blackBox.aws, named('prod-orders', 'prod-events', 'test-orders'));

    await execute(blackBox, { selection: { Include: ['prod-*'] }, input: { include: ['*-orders'] } });

    expect(tested()).toEqual(['prod-orders']);
  });

  test('a pattern that matches nothing is named', async () => {
    haveConnections(blackBox.aws, named('prod-orders'));

    const { summary } = await execute(blackBox, { selection: { Include: ['prod-*', 'prd-*'] } });

    expect(summary).toMatchObject({ listed: 1, tested: 1, unmatched: ['prd-*'] });
  });

  test('none, where nothing matches', async () => {
    haveConnections(blackBox.aws, named('prod-orders'));

    const { summary, pages } = await execute(blackBox, { input: { include: ['orders'] } });

    expect(pages).toEqual([]);
    expect(summary).toMatchObject({ listed: 1, tested: 0, unmatched: ['orders'] });
  });

  test.each([
    [{ Comment: 'Insert your JSON here' }],
    [{ AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: 'arn:aws:states:eu-west-1:111122223333:execution:a:b' }],
  ])('all of them for the input that comes from elsewhere: %j', async (input) => {
    haveConnections(blackBox.aws, named('orders'));

    expect((await execute(blackBox, { input })).summary.tested).toBe(1);
  });

  test.each([
    ['orders', 'it must be an object'],
    [{ includes: ['a'] }, 'it must have no members but include, exclude, connectionTypes, got: includes'],
    [{ include: 'orders' }, "'include' must be a list of strings"],
    [{ exclude: [''] }, "'exclude' must be a list of strings"],
    [{ connectionTypes: [1] }, "'connectionTypes' must be a list of strings"],
    [{ include: Array(300).fill('x'.repeat(255)) }, 'it must have at most 16000 bytes'],
  ])('fails when the input is %j', async (input, problem) => {
    await expect(execute(blackBox, { input })).rejects.toThrow(
      `InvalidSweepInput: the input of the execution: ${problem}`,
    );
  });
});

describe('the list of connections', () => {
  test('is asked for again while Glue throttles', async () => {
    const replies = [exception('ThrottlingException', 'Rate exceeded'), undefined];
    haveConnections(blackBox.aws, named('orders'));
    const list = blackBox.aws.replies.get('GetConnections')!;
    blackBox.aws.replies.set('GetConnections', (input) => replies.shift() ?? list(input));

    expect((await execute(blackBox)).summary.passed).toBe(1);
  });

  test('fails when Glue refuses it for good, without what it says of credentials', async () => {
    blackBox.aws.replies.set('GetConnections', () =>
      exception('InvalidInputException', 'no catalog, password=hunter22'),
    );

    await expect(execute(blackBox)).rejects.toThrow(
      'ConnectionsNotListed: Glue did not list its connections: no catalog, password=**** (InvalidInputException)',
    );
    expect(blackBox.log).not.toContain('hunter22');
  });
});

describe('results', () => {
  beforeEach(() => haveConnections(blackBox.aws, named('a', 'b', 'c', 'd')));

  test('are counted, and those that failed are listed', async () => {
    answerTests(
      blackBox.aws,
      (name) =>
        ({
          b: REFUSED,
          c: exception('InvalidInputException', 'TestConnection is only supported for Unified Connections'),
          d: exception('InvalidInputException', 'Unknown database "orders"'),
        })[name],
    );

    const { summary } = await execute(blackBox);

    expect(summary).toMatchObject({ tested: 4, passed: 1, failed: 2, unsupported: 1, deleted: 0, omitted: 0 });
    expect(summary.failures).toEqual([
      {
        name: 'b',
        type: 'JDBC',
        category: 'CREDENTIALS',
        message: 'FATAL: password authentication failed for user "orders"',
      },
      { name: 'd', type: 'JDBC', category: 'CONFIGURATION', message: 'Unknown database "orders"' },
    ]);
  });

  test('repeat no secret', async () => {
    const url = 'jdbc:postgresql://orders:hunter22@db:5432/orders';
    answerTests(blackBox.aws, () => exception('InvalidInputException', `can't open ${url}, password=hunter22`));

    const { summary } = await execute(blackBox);

    expect(summary.failed).toBe(4);
    expect(JSON.stringify(summary)).not.toContain('hunter22');
    expect(blackBox.log).not.toContain('hunter22');
  });

  test('count a child execution that failed, also one that left nothing', async () => {
    const { summary } = await execute(blackBox, {
      // As a fault that is caught, as nothing, and as Step Functions describes it
      disturb: ([, , , d]) => [{ Name: 'a', Error: 'Lambda.Unknown' }, null, { Status: 'FAILED' } as never, d!],
    });

    expect(summary).toMatchObject({ tested: 4, passed: 1, failed: 3 });
    expect(summary.failures).toEqual([
      { name: 'a', type: 'JDBC', category: 'FAULT', message: 'The test itself failed: Lambda.Unknown' },
      ...['b', 'c'].map((name) => ({
        ...{ name, type: 'JDBC', category: 'FAULT' },
        message: 'The test itself failed: no result of its child execution',
      })),
    ]);
  });

  test('are logged in full, for each connection', async () => {
    answerTests(blackBox.aws, (name) => (name === 'b' ? REFUSED : undefined));

    const { result, entries } = await blackBox.call({ Sweep: { Test: { Name: 'b' } } });

    expect(result).toMatchObject({
      Outcome: 'FAILED',
      Category: 'CREDENTIALS',
      Message: 'FATAL: password authentication failed for user "orders"',
      Retry: false,
      Attempts: 1,
    });
    expect(entries.at(-1)).toMatchObject({
      event: 'connection failed',
      connectionName: 'b',
      category: 'CREDENTIALS',
      cause: 'The data store refused the user name or the password.',
    });
  });
});

describe('a store that comes up late', () => {
  let isUp: boolean;
  beforeEach(() => {
    isUp = false;
    haveConnections(blackBox.aws, named('a', 'broken', 'late'));
    answerTests(blackBox.aws, (name) => (name === 'broken' ? REFUSED : name === 'late' && !isUp ? UNREACHABLE : pass));
  });
  const up = () => {
    isUp = true;
  };

  test('fails at once without patience', async () => {
    const { summary, pages } = await execute(blackBox);

    expect(pages).toEqual([['a', 'broken', 'late']]);
    expect(summary).toMatchObject({ passed: 1, failed: 2 });
  });

  test('passes in a later round, in which nothing else is tested again', async () => {
    const { summary, pages } = await execute(blackBox, {
      fold: { PatienceSeconds: '600' },
      waits: false,
      afterRound: up,
    });

    expect(pages).toEqual([['a', 'broken', 'late'], ['late']]);
    expect(summary).toMatchObject({ tested: 3, passed: 2, failed: 1, failures: [{ name: 'broken' }] });
  });

  test('fails when patience ends, with the last result', async () => {
    const { summary, pages } = await execute(blackBox, { fold: { PatienceSeconds: 2 } });

    expect(pages).toEqual([['a', 'broken', 'late'], ['late']]);
    expect(summary).toMatchObject({ tested: 3, passed: 1, failed: 2 });
    expect(summary.failures[1]).toMatchObject({ name: 'late', category: 'UNREACHABLE' });
  });

  test('is not counted when its connection is deleted before it is tested again', async () => {
    const { summary } = await execute(blackBox, {
      fold: { PatienceSeconds: 600 },
      waits: false,
      afterRound: () => haveConnections(blackBox.aws, named('a', 'broken')),
    });

    expect(summary).toMatchObject({ tested: 2, passed: 1, failed: 1, deleted: 1 });
  });
});
