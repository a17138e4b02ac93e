import { AwsStub, exception, output, type Reply } from '../../test/lambda/aws-stub';
import { environment, run } from './cli';

jest.setTimeout(30_000);

let aws: AwsStub;
beforeEach(async () => {
  aws = await AwsStub.start();
});
afterEach(() => aws.close());

/** Two pages, so that each test sees whether both are read. */
function list(...connections: readonly [string, string][]): void {
  const pages = [connections.slice(0, 2), connections.slice(2)];
  aws.script(
    'GetConnections',
    '',
    ...pages.map((page, index): Reply => {
      const ConnectionList = page.map(([Name, ConnectionType]) => ({ Name, ConnectionType }));
      return output({ ConnectionList, ...(index === 0 && { NextToken: 'next' }) });
    }),
  );
}

const tested = () => aws.callsOf(/^TestConnection$/).map(({ input }) => input.ConnectionName);
const lists = () => aws.callsOf(/^GetConnections$/);

const ALL: readonly [string, string][] = [
  ['stock', 'KAFKA'],
  ['prod-sales', 'JDBC'],
  ['prod.orders', 'JDBC'],
  ['prod-orders', 'SALESFORCE'],
];

test.each<[string, string[], string[]]>([
  ['names, in their order', ['b', 'a', 'b'], ['b', 'a']],
  ['all, by name', ['--all'], ['prod-orders', 'prod-sales', 'prod.orders', 'stock']],
  ['a pattern', ['prod-*'], ['prod-orders', 'prod-sales']],
  ['a pattern with one character', ['prod?orders'], ['prod-orders', 'prod.orders']],
  ['a pattern and a name of it, which comes first', ['prod-sales', 'prod-*'], ['prod-sales', 'prod-orders']],
  ['a type', ['--type', 'jdbc'], ['prod-sales', 'prod.orders']],
  ['a type and a filter', ['--type', 'JDBC', '--filter', '*orders'], ['prod.orders']],
  ['a filter', ['--filter', '*orders'], ['prod-orders', 'prod.orders']],
  [
    'names of a type, and one that Glue does not list',
    ['stock', 'prod-sales', 'new', '--type', 'JDBC'],
    ['prod-sales', 'new'],
  ],
])('takes %s', async (_, args, names) => {
  list(...ALL);
  const { code } = await run([...args, '--concurrency', '1'], environment(aws.url));

  expect(tested()).toEqual(names);
  expect(code).toBe(0);
});

test('names alone take no permission to list connections', async () => {
  await run(['orders', '--catalog-id', '444455556666'], environment(aws.url));

  expect(lists()).toEqual([]);
  expect(aws.callsOf(/^TestConnection$/)[0]?.input).toEqual({ ConnectionName: 'orders', CatalogId: '444455556666' });
});

test('no password is asked for, and the catalog is told', async () => {
  list(...ALL);
  await run(['--all', '--catalog-id', '444455556666'], environment(aws.url));

  expect(lists().map(({ input }) => input)).toEqual([
    { CatalogId: '444455556666', HidePassword: true },
    { CatalogId: '444455556666', HidePassword: true, NextToken: 'next' },
  ]);
});

describe("a connection that Glue can't test", () => {
  const unsupported = exception('InvalidInputException', 'TestConnection is only supported for Unified Connections');

  test('has failed where it is named', async () => {
    aws.script('TestConnection', 'stock', unsupported);
    const { code, stdout } = await run(['stock'], environment(aws.url));

    expect(code).toBe(1);
    expect(stdout).toContain('✖ stock  UNSUPPORTED');
    expect(stdout).toContain('0 passed, 1 failed in');
  });

  test('has not failed where it is one of all', async () => {
    list(...ALL);
    aws.script('TestConnection', 'stock', unsupported);
    const { code, stdout } = await run(['--all'], environment(aws.url));

    expect(code).toBe(0);
    expect(stdout).toContain('– stock        UNSUPPORTED');
    expect(stdout).toContain("3 passed, 0 failed, 1 that Glue can't test in");
  });
});
