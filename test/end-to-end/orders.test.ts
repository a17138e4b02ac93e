import { FAULTS } from '../../bin/faults';
import { JOB, OrdersDeployment, STACK_NAME, TEST, without } from './harness';

// Long enough for the minute that a missing permission is waited for, so that the reason is what a failure shows.
jest.setTimeout(120_000);

let orders: OrdersDeployment;
beforeAll(async () => {
  orders = await OrdersDeployment.start();
});
afterEach(async () => {
  await orders.destroy();
});
afterAll(async () => {
  await orders.stop();
});

function good(release?: string) {
  return { props: FAULTS.none.stackProps(orders.database), password: orders.password, release };
}

test('a working connection passes, and only then the job is made', async () => {
  const result = await orders.deploy(good());

  expect(result.status).toBe('CREATE_COMPLETE');
  const order = orders.events.map(({ resourceType, status }) => `${resourceType} ${status}`);
  expect(order.indexOf(`${TEST} CREATE_COMPLETE`)).toBeGreaterThan(-1);
  expect(order.indexOf(`${JOB} CREATE_IN_PROGRESS`)).toBeGreaterThan(order.indexOf(`${TEST} CREATE_COMPLETE`));
});

test.each(['password', 'host', 'database', 'tls'] as const)(
  'the first deployment fails when the fault is: %s',
  async (faultName) => {
    const { expectedReason, stackProps, password } = FAULTS[faultName];
    const wrongPassword = password(orders.password);
    const result = await orders.deploy({ props: stackProps(orders.database), password: wrongPassword });

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(orders.failures(TEST)).toEqual([expect.stringContaining(expectedReason)]);
    expect(orders.failures(TEST)[0]).toMatch(/Glue connection '[^']+' failed its test/);
    expect(orders.eventsOf(JOB)).toEqual([]);
    expect(orders.visibleText()).not.toContain(wrongPassword);
    expect(orders.visibleText()).not.toContain(orders.password);
  },
);

test('an update fails when the password became wrong, and leaves job and connection as they were', async () => {
  await orders.deploy(good());
  const wrongPassword = FAULTS.password.password(orders.password);
  const result = await orders.deploy({ ...good('2'), password: wrongPassword });

  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(orders.failures(TEST)[0]).toContain('password authentication failed for user "orders"');
  expect(orders.eventsOf(JOB)).toEqual([]);
  expect(orders.visibleText()).not.toContain(orders.password);
});

test('an update fails when the address became wrong, and the next one repairs it', async () => {
  await orders.deploy(good());
  const broken = await orders.deploy({ ...good(), props: FAULTS.host.stackProps(orders.database) });
  const repaired = await orders.deploy(good('2'));

  expect(broken.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(repaired.status).toBe('UPDATE_COMPLETE');
});

test('an unchanged deployment does nothing', async () => {
  await orders.deploy(good());
  const result = await orders.deploy(good());

  expect(result.changed).toBe(false);
  expect(orders.events).toEqual([]);
});

test('the stack is deleted without a test, even when its connection is broken by then', async () => {
  await orders.deploy(good());
  await orders.database.setPassword('orders', 'another');
  const result = await orders.destroy();
  await orders.database.setPassword('orders', orders.password);

  expect(result?.status).toBe('DELETE_COMPLETE');
  expect(orders.eventsOf(TEST)).toEqual(['DELETE_IN_PROGRESS', 'DELETE_COMPLETE']);
});

test.each(['glue:TestConnection', 'secretsmanager:GetSecretValue'])('fails when %s is not granted', async (action) => {
  const result = await orders.deploy({ ...good(), edit: without(action) });

  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(orders.failures(TEST)[0]).toMatch(
    new RegExp(`User: arn:aws:sts::111122223333:assumed-role/\\S+ is not authorized to perform: ${action} on resource`),
  );
  expect(orders.failures(TEST)[0]).toContain('AccessDeniedException');
});

test('the password is in no template, event, answer or log line of a passing deployment', async () => {
  await orders.deploy(good());

  expect(orders.visibleText()).toContain(STACK_NAME);
  expect(orders.visibleText()).not.toContain(orders.password);
});
