import { LocalCloud, PostgresServer } from '@cdk-glue-connection-test/local-cloud';
import { randomBytes } from 'node:crypto';
import type { ScheduledEvent } from '../../../lambda/monitor/contract';
import { BlackBox } from '../../../test/lambda/black-box';
import { MonitorApp } from './app';

/** What a run has logged of a connection: the metrics, and why a test has failed. */
export interface Recorded {
  /** After the first run. */
  readonly hours: number;
  readonly connectionName: string;
  readonly event: string;
  readonly Healthy: number;
  readonly Duration?: number;
  readonly category?: string;
  readonly said?: string;
  readonly cause?: string;
  readonly nextStep?: string;
}

export const NAMES: readonly string[] = ['orders', 'sales', 'stock', 'crm', 'archive'];

/** How long the monitor runs. */
export const HOURS = 24;

/** When nothing listens where the connection `archive` leads. */
const OUTAGE = { from: 9, to: 11 };

/** Only a privileged program could listen there, and none does. */
const NO_PORT = 1;

/** When the password of the connection `sales` is no longer that of the database. */
const WRONG_PASSWORD = { from: 17 };

/**
 * Runs a monitor every hour for a day: the built function, with what the synthesized schedule sends, tests connections to a
 * real PostgreSQL. The function is told that an hour has passed; nobody waits for it.
 */
export async function record(): Promise<Recorded[]> {
  const [right, wrong] = [randomBytes(12).toString('base64url'), randomBytes(12).toString('base64url')];
  const database = await PostgresServer.start({ user: 'orders', password: right, database: 'orders' });
  const cloud = await LocalCloud.start();
  const blackBox = await BlackBox.start({
    environment: {
      ...cloud.administrator(),
      AWS_SESSION_TOKEN: undefined,
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_GLUE: cloud.endpointUrl,
    },
  });
  const recorded: Recorded[] = [];
  const { scheduled } = new MonitorApp(NAMES);
  const startedAt = Date.now();
  try {
    for (let hours = 0; hours < HOURS; hours++) {
      for (const name of NAMES) {
        const isOut = name === 'archive' && hours >= OUTAGE.from && hours <= OUTAGE.to;
        const isRefused = name === 'sales' && hours >= WRONG_PASSWORD.from;
        const port = isOut ? NO_PORT : database.port;
        cloud.glue.putConnection({
          Name: name,
          ConnectionType: 'JDBC',
          ConnectionProperties: {
            JDBC_CONNECTION_URL: `jdbc:postgresql://localhost:${port}/orders`,
            USERNAME: 'orders',
            PASSWORD: isRefused ? wrong : right,
          },
        });
      }
      const BeganAt = new Date(startedAt + hours * 3_600_000).toISOString();
      const event: ScheduledEvent = { ...scheduled, BeganAt };
      const { entries } = await blackBox.invoke({ rewrite: () => event });
      const ofConnections = entries.filter(({ _aws }) => _aws !== undefined) as unknown as Recorded[];
      recorded.push(...ofConnections.map((entry) => partOf(entry, hours)));
    }
  } finally {
    await blackBox.stop();
    await cloud.stop();
    await database.stop();
  }
  // Tests that run at the same time end in any order.
  return recorded.sort(
    (a, b) => a.hours - b.hours || NAMES.indexOf(a.connectionName) - NAMES.indexOf(b.connectionName),
  );
}

function partOf(entry: Recorded, hours: number): Recorded {
  const { connectionName, event, Healthy, Duration, category, said, cause, nextStep } = entry;
  return { hours, connectionName, event, Healthy, Duration, category, said, cause, nextStep };
}
