import type { App } from 'aws-cdk-lib';
import { DeploymentOrder } from '../apps/deployment-order';
import { buildEstate, ESTATE } from '../apps/estate';

const app = buildEstate(ESTATE);
const assembly = app.synth();

/** Ids without what the CDK appends to them. */
function plain(id: string): string {
  return id
    .split('/')
    .map((part) => part.replace(/[0-9A-F]{8}$/, '').replace(/(.+)NestedStack\1NestedStackResource$/, '$1'))
    .join('/');
}

function orders(): Record<string, DeploymentOrder> {
  return { App: new DeploymentOrder(assembly), Prod: new DeploymentOrder(assembly.getNestedAssembly('assembly-Prod')) };
}

test('one line tests exactly the connections that Glue is documented to test', () => {
  const tests = Object.values(orders()).flatMap(({ resources }) =>
    resources.filter(({ Type }) => Type === 'Custom::GlueConnectionTest').map(({ id }) => plain(id)),
  );

  expect(tests.sort()).toEqual([
    'Crm/GlueConnectionTestsAccountsTest',
    'ProdReports/GlueConnectionTestsWarehouseTest',
    'Sources/GlueConnectionTestsEventsTest',
    'Sources/GlueConnectionTestsOrdersTest',
    'Sources/Legacy/GlueConnectionTestsStockTest',
  ]);
});

test('exactly what uses them waits for them', () => {
  const waiting = Object.values(orders()).flatMap((order) => {
    const idsOf = (type: RegExp) => order.resources.filter(({ Type }) => type.test(Type)).map(({ id }) => id);
    return idsOf(/^AWS::Glue::(Job|Crawler|Trigger)$/).map((user) => [
      plain(user),
      idsOf(/^Custom::GlueConnectionTest$/)
        .filter((test) => order.waits(user, test))
        .map(plain)
        .sort(),
    ]);
  });

  // The stack of the jobs waits as a whole, for all that the other stack holds.
  const sources = [
    'Sources/GlueConnectionTestsEventsTest',
    'Sources/GlueConnectionTestsOrdersTest',
    'Sources/Legacy/GlueConnectionTestsStockTest',
  ];
  expect(Object.fromEntries(waiting)).toEqual({
    'Crm/LoadAccounts': ['Crm/GlueConnectionTestsAccountsTest'],
    'Crm/Tidy': [],
    'Jobs/AtNight': sources,
    'Jobs/Batch/Replenish': sources,
    'Jobs/Nightly': sources,
    'ProdReports/Report': ['ProdReports/GlueConnectionTestsWarehouseTest'],
    'Sources/CrawlEvents': ['Sources/GlueConnectionTestsEventsTest'],
    'Sources/Legacy/LoadStock': ['Sources/Legacy/GlueConnectionTestsStockTest'],
  });
});

test('an info stands beside each of the others, and nothing else', () => {
  const messages = [...assembly.stacks, ...assembly.getNestedAssembly('assembly-Prod').stacks].flatMap(({ messages }) =>
    messages.map(({ id, level, entry }) => [id, level, (entry.data as string).replace(/;.*/, '')]),
  );

  expect(messages.sort()).toEqual(
    [
      ['/Crm/Bought', 'MARKETPLACE'],
      ['/Crm/Documents/Resource', 'MONGODB'],
      ['/Prod/Reports/View', 'VIEW_VALIDATION_REDSHIFT'],
      ['/Sources/Kafka/Resource', 'KAFKA'],
      ['/Sources/Legacy/Custom/Resource', 'CUSTOM'],
      ['/Sources/Network', 'NETWORK'],
    ].map(([id, type]) => [
      id,
      'info',
      `the connection is not tested, because AWS does not document TestConnection for the type ${type}`,
    ]),
  );
});

test('nothing waits in circles, and the next synthesis gives the same', () => {
  const again = (built: App) => built.synth().stacks.map(({ template }) => template as unknown);

  expect(Object.values(orders()).map((order) => order.cycle())).toEqual([undefined, undefined]);
  expect(again(buildEstate(ESTATE))).toEqual(again(app));
});
