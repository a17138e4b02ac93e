import { ServiceError } from '../../service-error';
import type { ConnectionSettings } from '../test-connection-request';
import { invalidInput, type CredentialSource } from './credentials';
import { isJdbcEngine, parseJdbcUrl, type DatabaseAddress, type JdbcEngine } from './jdbc-url';
import type { Login } from './login';
import { connectToMysql } from './mysql';
import { connectToPostgresql } from './postgresql';

const CONNECT: Readonly<Record<JdbcEngine, (login: Login) => Promise<void>>> = {
  postgresql: connectToPostgresql,
  mysql: connectToMysql,
};

/**
 * Connects to the database that a JDBC connection names.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnectionInput.html which properties it needs
 */
export async function testJdbc(settings: ConnectionSettings, source: CredentialSource): Promise<void> {
  const { ConnectionProperties: properties, AuthenticationConfiguration: { AuthenticationType = 'BASIC' } = {} } =
    settings;
  if (AuthenticationType !== 'BASIC') {
    throw invalidInput(`Authentication type ${AuthenticationType} is not modelled for JDBC`);
  }
  const user = await source.user(settings);
  try {
    const address = addressOf(properties);
    await CONNECT[address.engine]({ ...address, ...user, enforceSsl: properties.JDBC_ENFORCE_SSL === 'true' });
  } catch (error) {
    throw error instanceof ServiceError
      ? error
      : invalidInput(
          'Check that your connection definition references your JDBC database with correct URL syntax, username, and ' +
            `password. ${(error as Error).message}`,
        );
  }
}

function addressOf(properties: ConnectionSettings['ConnectionProperties']): DatabaseAddress {
  const { JDBC_CONNECTION_URL: url, HOST: host, PORT: port, JDBC_ENGINE, DATABASE: database } = properties;
  if (url !== undefined) {
    return parseJdbcUrl(url);
  }
  if (host === undefined || port === undefined || JDBC_ENGINE === undefined) {
    throw invalidInput('A JDBC connection must have JDBC_CONNECTION_URL, or HOST, PORT and JDBC_ENGINE');
  }
  const engine = JDBC_ENGINE.toLowerCase();
  if (!isJdbcEngine(engine)) {
    throw invalidInput(`JDBC_ENGINE ${JDBC_ENGINE} is not modelled`);
  }
  return { engine, host, port: Number(port), database };
}
