import { isObject } from './shape';

/**
 * What Glue's documentation asks of an input beyond the form of its members: of JDBC an address and credentials, of
 * Salesforce its authentication.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnectionInput.html
 */
export function combinationProblems(input: unknown, path: string): string[] {
  if (!isObject(input)) {
    return [];
  }
  const { ConnectionType: type, ConnectionProperties: properties, AuthenticationConfiguration: authentication } = input;
  if (type === 'SALESFORCE' && authentication === undefined) {
    return [`'${path}.AuthenticationConfiguration' is required for a connection of type SALESFORCE`];
  }
  if (type !== 'JDBC' || !isObject(properties)) {
    return [];
  }
  const lacks = (...names: string[]) => names.filter((name) => properties[name] === undefined);
  const problems: string[] = [];
  const address = lacks('HOST', 'PORT', 'JDBC_ENGINE');
  if (address.length > 0 && lacks('JDBC_CONNECTION_URL').length > 0) {
    problems.push(
      `'${path}.ConnectionProperties' must have JDBC_CONNECTION_URL, or HOST, PORT and JDBC_ENGINE; ` +
        `it lacks ${['JDBC_CONNECTION_URL', ...address].join(', ')}`,
    );
  }
  const credentials = lacks('USERNAME', 'PASSWORD');
  // An AuthenticationConfiguration is another way to give credentials, though not one that is documented for JDBC.
  if (credentials.length > 0 && lacks('SECRET_ID').length > 0 && authentication === undefined) {
    problems.push(
      `'${path}.ConnectionProperties' must have SECRET_ID, or USERNAME and PASSWORD; ` +
        `it lacks ${['SECRET_ID', ...credentials].join(', ')}`,
    );
  }
  return problems;
}
