import { createServer, type Server } from 'node:net';
import { FAULTS } from '../../bin/faults';
import { OrdersDeployment, TEST, without, type Template } from './harness';

jest.setTimeout(60_000);

let orders: OrdersDeployment;
let silentServer: Server;
beforeAll(async () => {
  orders = await OrdersDeployment.start();
  // Takes connections and never says a word.
  silentServer = createServer(() => undefined);
  await new Promise<void>((resolve) => silentServer.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await orders.destroy();
});
afterAll(async () => {
  silentServer.close();
  await orders.stop();
});

const hasty = without();

/** The first deployment, its template edited. */
async function deploy(edit: (template: Template) => void = hasty, fault: keyof typeof FAULTS = 'none') {
  const { stackProps, password } = FAULTS[fault];
  return orders.deploy({ props: stackProps(orders.database), password: password(orders.password), edit });
}

/** A deployment that changes nothing but asks for another test, after something was taken away behind its back. */
async function redeployWithout(takeAway: () => void) {
  await deploy();
  takeAway();
  return orders.deploy({
    props: FAULTS.none.stackProps(orders.database),
    password: orders.password,
    release: '2',
    edit: hasty,
  });
}

function physicalIdOf(resourceType: string): string {
  const resources = orders.cloud.cloudFormation.describeStackResources('Orders');
  return resources.find((resource) => resource.resourceType === resourceType)?.physicalId ?? '';
}

function setConnection(template: Template, properties: Record<string, unknown>): void {
  for (const { Type, Properties } of Object.values(template.Resources)) {
    if (Type === 'AWS::Glue::Connection') {
      const input = Properties.ConnectionInput as { ConnectionProperties: object };
      Object.assign(input.ConnectionProperties, properties);
    }
  }
}

test.each([
  ['CREDENTIALS', 'a wrong password', 'password authentication failed', () => deploy(hasty, 'password')],
  ['CONFIGURATION', 'a missing database', 'does not exist', () => deploy(hasty, 'database')],
  ['CONFIGURATION', 'a demand for TLS that the server can not meet', 'support SSL', () => deploy(hasty, 'tls')],
  [
    'CONFIGURATION',
    'an unknown driver',
    'No suitable driver',
    () =>
      deploy((template) => {
        hasty(template);
        setConnection(template, { JDBC_CONNECTION_URL: 'jdbc:nothing://db/orders' });
      }),
  ],
  ['UNREACHABLE', 'a closed port', 'Connection refused', () => deploy(hasty, 'host')],
  [
    'TIMEOUT',
    'a server that is silent',
    'did not answer within 2 seconds',
    () =>
      deploy((template) => {
        hasty(template);
        const { port } = silentServer.address() as { port: number };
        setConnection(template, { JDBC_CONNECTION_URL: `jdbc:postgresql://127.0.0.1:${port}/orders` });
      }),
  ],
  [
    'ACCESS_DENIED',
    'a missing grant',
    'not authorized to perform: glue:TestConnection',
    () => deploy(without('glue:TestConnection')),
  ],
  [
    'SECRET',
    'a secret without the keys',
    "'username' and 'password'",
    () =>
      deploy((template) => {
        hasty(template);
        for (const { Type, Properties } of Object.values(template.Resources)) {
          if (Type === 'AWS::SecretsManager::Secret') {
            Properties.SecretString = '{"user":"orders"}';
          }
        }
      }),
  ],
  [
    'SECRET',
    'a missing secret',
    "can't find the specified secret",
    () => redeployWithout(() => orders.cloud.secretsManager.delete(physicalIdOf('AWS::SecretsManager::Secret'))),
  ],
  [
    'NOT_FOUND',
    'a missing connection',
    'not found',
    () => redeployWithout(() => orders.cloud.glue.deleteConnection(physicalIdOf('AWS::Glue::Connection'))),
  ],
] as const)('%s: %s', async (category, _, words, act) => {
  const { status } = await act();

  expect(status).toMatch(/ROLLBACK_COMPLETE$/);
  const [reason = ''] = orders.failures(TEST);
  expect(reason).toMatch(new RegExp(`failed its test: ${category}\\.\\nGlue: .*`));
  expect(reason.split('\n')[1]).toContain(words);
});
