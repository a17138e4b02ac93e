import type { PostgresServer, StackEvent } from '@cdk-glue-connection-test/local-cloud';
import type { OrdersStackProps } from './orders-stack';

/** One way in which a connection is wrong, and what the database says to it. */
export interface Fault {
  readonly description: string;
  /** Part of the reason that the deployment's failed event must show; none where it must succeed. */
  readonly expectedReason: string | undefined;
  readonly stackProps: (database: PostgresServer) => Omit<OrdersStackProps, 'release'>;
  readonly password: (right: string) => string;
}

const url = ({ host, port }: { host: string; port: number }, name = 'orders') =>
  `jdbc:postgresql://${host}:${port}/${name}`;

/** PostgreSQL itself never listens there: it is the port of the "TCP port service multiplexer", of 1988. */
const CLOSED_PORT = 1;

const right = {
  stackProps: (database: PostgresServer) => ({ jdbcUrl: url(database), enforceSsl: false }),
  password: (password: string) => password,
};

export const FAULTS = {
  none: { ...right, description: 'everything is right', expectedReason: undefined },
  password: {
    ...right,
    description: 'the password is wrong',
    expectedReason: 'password authentication failed for user "orders"',
    password: (password) => `not-${password}`,
  },
  host: {
    ...right,
    description: 'nothing listens at the address',
    expectedReason: 'Connection refused',
    stackProps: ({ host }) => ({ jdbcUrl: url({ host, port: CLOSED_PORT }), enforceSsl: false }),
  },
  database: {
    ...right,
    description: 'the database does not exist',
    expectedReason: 'database "order" does not exist',
    stackProps: (database) => ({ jdbcUrl: url(database, 'order'), enforceSsl: false }),
  },
  tls: {
    ...right,
    description: 'the connection demands TLS, the server has none',
    expectedReason: 'does not support SSL',
    stackProps: (database) => ({ jdbcUrl: url(database), enforceSsl: true }),
  },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;

/** What a deployment is expected to come to. */
export interface Announcement {
  readonly status: string;
  readonly outcome: string;
}

export function announce({ expectedReason }: Fault, isUpdate: boolean): Announcement {
  return expectedReason === undefined
    ? {
        status: isUpdate ? 'UPDATE_COMPLETE' : 'CREATE_COMPLETE',
        outcome: 'the connection passes its test, and only then the job is made',
      }
    : {
        status: isUpdate ? 'UPDATE_ROLLBACK_COMPLETE' : 'ROLLBACK_COMPLETE',
        outcome: 'the test fails, the job is never touched, the stack is rolled back',
      };
}

export function isAsAnnounced(
  { expectedReason }: Fault,
  announcement: Announcement,
  status: string,
  events: readonly StackEvent[],
): boolean {
  const jobWasTouched = events.some(({ resourceType }) => resourceType === 'AWS::Glue::Job');
  const reasons = events
    .filter((event) => event.resourceType === 'Custom::GlueConnectionTest' && event.status.endsWith('_FAILED'))
    .map(({ reason }) => reason);
  const wentAsExpected =
    expectedReason === undefined
      ? jobWasTouched && reasons.length === 0
      : !jobWasTouched && reasons.length === 1 && reasons[0]?.includes(expectedReason) === true;
  return status === announcement.status && wentAsExpected;
}
