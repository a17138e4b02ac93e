/** Where a data store listens, as far as its connection says so. */
export interface StoreAddress {
  readonly host?: string;
  readonly port?: number;
}

/** Where a URL leaves the port out. */
const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  db2: 50_000,
  mariadb: 3306,
  mongodb: 27_017,
  mysql: 3306,
  oracle: 1521,
  postgresql: 5432,
  redshift: 5439,
  snowflake: 443,
  sqlserver: 1433,
  teradata: 1025,
  vertica: 5433,
};

/** A host: a name, or an address, which is in brackets if it is one of IPv6. */
const HOST = String.raw`\[[\da-f:.]+\]|[\w.-]+`;

/** After `//`, and after what may stand before an @: a user and a password. */
const AUTHORITY = new RegExp(
  String.raw`^([a-z\d+]+)(?::[a-z]+)*:\/\/(?:[^/?;]*@)?(${HOST})(?::(\d{1,5}))?(?=[/?;]|$)`,
  'i',
);

/** `thin:@HOST:PORT:SID`, `thin:@//HOST:PORT/SERVICE` and Glue's `thin://@HOST:PORT/SERVICE`, after a user or none. */
const ORACLE = new RegExp(String.raw`^oracle:(?:thin|oci):[^@]*@(?:\/\/)?(${HOST})(?::(\d{1,5}))?(?=[:/?]|$)`, 'i');

/**
 * Host and port of the data store, by a connection's properties.
 *
 * @returns nothing where there are several hosts, or the form isn't known
 * @see https://docs.aws.amazon.com/glue/latest/dg/connection-properties.html
 */
export function storeAddressOf(properties: Readonly<Record<string, string | undefined>>): StoreAddress {
  const { HOST: host, PORT: port, JDBC_CONNECTION_URL, CONNECTION_URL, KAFKA_BOOTSTRAP_SERVERS } = properties;
  const url = JDBC_CONNECTION_URL ?? CONNECTION_URL;
  if (url !== undefined) {
    return inUrl(url.trim());
  }
  if (host !== undefined) {
    return { host: inPlain(host), port: portOf(port) };
  }
  const [, only, itsPort] = new RegExp(`^(${HOST}):(\\d{1,5})$`, 'i').exec(KAFKA_BOOTSTRAP_SERVERS ?? '') ?? [];
  return only === undefined ? {} : { host: inPlain(only), port: portOf(itsPort) };
}

function inUrl(url: string): StoreAddress {
  const rest = url.replace(/^jdbc:/i, '');
  const [, oracleHost, oraclePort] = ORACLE.exec(rest) ?? [];
  if (oracleHost !== undefined) {
    return { host: inPlain(oracleHost), port: portOf(oraclePort, DEFAULT_PORTS.oracle) };
  }
  const [whole = '', scheme = '', host, port] = AUTHORITY.exec(rest) ?? [];
  // An @ in what follows: a part of a password has been taken for the host. And these names are looked up in another way.
  if (host === undefined || /^[^?;]*@/.test(rest.slice(whole.length)) || /\+srv$/i.test(scheme)) {
    return {};
  }
  return { host: inPlain(host), port: portOf(port, DEFAULT_PORTS[scheme.toLowerCase()]) };
}

function portOf(text: string | undefined, orElse?: number): number | undefined {
  if (text === undefined) {
    return orElse;
  }
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

/** Names are the same in small letters, and with a dot at their end. */
function inPlain(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}
