import { FAULTS } from '../../bin/faults';
import { OrdersDeployment, TEST, without } from './harness';

jest.setTimeout(60_000);

let orders: OrdersDeployment;
beforeEach(async () => {
  orders = await OrdersDeployment.start();
});
afterEach(async () => {
  await orders.stop();
});

/** Deploys, breaks the database under it, and deploys a connection that is broken as well. */
async function breakBoth(edit = hastyOnly) {
  const props = FAULTS.none.stackProps(orders.database);
  await orders.deploy({ props, password: orders.password, edit });
  await orders.database.setPassword('orders', 'another');
  return orders.deploy({ props: FAULTS.host.stackProps(orders.database), password: orders.password, edit });
}

const hastyOnly = without();

test('an update to a broken connection is rolled back even when the old connection is broken by then', async () => {
  const { status } = await breakBoth();

  expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
  const answers = orders.cloud.cloudFormation.answers.map(({ body }) => JSON.parse(body) as { Data?: object });
  expect(answers.at(-1)?.Data).toMatchObject({ Outcome: 'SKIPPED' });
});

test('fails to roll back when the function may not see that the stack is rolling back', async () => {
  const { status } = await breakBoth(without('cloudformation:DescribeStacks'));

  expect(status).toBe('UPDATE_ROLLBACK_FAILED');
  expect(orders.failures(TEST)).toHaveLength(2);
});
