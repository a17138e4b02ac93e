export type JdbcEngine = 'postgresql' | 'mysql';

/** Where a database is. */
export interface DatabaseAddress {
  readonly engine: JdbcEngine;
  readonly host: string;
  readonly port: number;
  /** @default - what the server takes without a name */
  readonly database?: string;
}

const DEFAULT_PORTS: Readonly<Record<JdbcEngine, number>> = { postgresql: 5432, mysql: 3306 };

export function isJdbcEngine(name: string): name is JdbcEngine {
  return Object.hasOwn(DEFAULT_PORTS, name);
}

/** @see https://docs.aws.amazon.com/glue/latest/dg/connection-properties.html#connection-properties-jdbc */
export function parseJdbcUrl(url: string): DatabaseAddress {
  const [, engine = '', host = '', port, database] = /^jdbc:(\w+):\/\/([^/:?]+)(?::(\d+))?\/([^?]+)/.exec(url) ?? [];
  if (!isJdbcEngine(engine)) {
    throw new Error(
      `No suitable driver found for ${url}: only jdbc:postgresql://HOST:PORT/DATABASE and ` +
        'jdbc:mysql://HOST:PORT/DATABASE are known here',
    );
  }
  return { engine, host, port: port === undefined ? DEFAULT_PORTS[engine] : Number(port), database };
}
