import { connect, createServer, type Server, type Socket } from 'node:net';
import { OrdersDeployment, TEST, without, type Template } from './harness';

jest.setTimeout(60_000);

let orders: OrdersDeployment;
let door: Server;
let kills: number;
beforeEach(async () => {
  orders = await OrdersDeployment.start({ retryDelaysMs: [100, 200] });
});
afterEach(async () => {
  door.close();
  await orders.stop();
});

/** Stands before the database: kills the function in the middle of so many tests, then lets them through. */
async function openDoor(times: number): Promise<string> {
  kills = 0;
  door = createServer((socket: Socket) => {
    socket.on('error', () => undefined);
    if (kills < times) {
      kills++;
      void orders.cloud.functions.crash().finally(() => socket.destroy());
      return;
    }
    const upstream = connect(orders.database.port, orders.database.host);
    upstream.on('error', () => socket.destroy());
    socket.pipe(upstream).pipe(socket);
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  return `jdbc:postgresql://127.0.0.1:${(door.address() as { port: number }).port}/orders`;
}

function withServiceTimeout(seconds: number) {
  return (template: Template): void => {
    without()(template);
    for (const { Type, Properties } of Object.values(template.Resources)) {
      if (Type === TEST) {
        Properties.ServiceTimeout = String(seconds);
      }
    }
  };
}

test.each([1, 2])(
  'an event whose function was killed %d times in the middle of the test is answered after all',
  async (times) => {
    const props = { jdbcUrl: await openDoor(times), enforceSsl: false };
    const { status } = await orders.deploy({ props, password: orders.password, edit: withServiceTimeout(30) });

    expect(kills).toBe(times);
    expect(status).toBe('CREATE_COMPLETE');
  },
);

test('fails at ServiceTimeout, not later, when the function is killed every time', async () => {
  const props = { jdbcUrl: await openDoor(Infinity), enforceSsl: false };
  const startedAt = Date.now();
  const { status } = await orders.deploy({ props, password: orders.password, edit: withServiceTimeout(6) });

  expect(kills).toBe(3);
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(orders.failures(TEST)).toEqual([
    expect.stringContaining('did not receive a response from your Custom Resource'),
  ]);
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(6_000);
  expect(Date.now() - startedAt).toBeLessThan(20_000);
});
