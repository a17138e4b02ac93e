import { FAULTS } from '../../bin/faults';
import { OrdersDeployment, STACK_NAME, TEST, without, type Template } from './harness';
import { ThrottledCloudFormation } from './throttled-cloudformation';

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

test('a rollback is not wedged although DescribeStacks is throttled when it begins', async () => {
  let endsAt: number | undefined;
  const cloudFormation = await ThrottledCloudFormation.before(orders.cloud.endpointUrl, () => {
    const status = orders.cloud.cloudFormation.describeStack(STACK_NAME)?.status;
    if (status === 'UPDATE_ROLLBACK_IN_PROGRESS') {
      endsAt ??= Date.now() + 3_000;
    }
    return endsAt !== undefined && Date.now() < endsAt;
  });
  const { status } = await breakBoth((template) => {
    hastyOnly(template);
    setEndpoint(template, cloudFormation.url);
  });
  await cloudFormation.stop();

  expect(cloudFormation.throttled).toBeGreaterThan(1);
  expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
  // The update itself has failed, its rollback has not.
  expect(orders.failures(TEST)).toHaveLength(1);
});

test('fails to roll back when the function may not see that the stack is rolling back', async () => {
  const { status } = await breakBoth(without('cloudformation:DescribeStacks'));

  expect(status).toBe('UPDATE_ROLLBACK_FAILED');
  expect(orders.failures(TEST)).toHaveLength(2);
});

/** Lets the function find CloudFormation elsewhere. */
function setEndpoint({ Resources }: Template, url: string): void {
  for (const { Type, Properties } of Object.values(Resources)) {
    if (Type === 'AWS::Lambda::Function') {
      Properties.Environment = { Variables: { AWS_ENDPOINT_URL_CLOUDFORMATION: url } };
    }
  }
}
