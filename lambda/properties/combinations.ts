import { isObject } from './shape';

/** What an input of a type must have beyond the form of its members: all of one of the sets. */
export interface Combination {
  readonly connectionType: string;
  /** Sets of names in `ConnectionProperties`. */
  readonly propertySets: readonly (readonly string[])[];
  /** Whether an `AuthenticationConfiguration` does as well. */
  readonly orAuthentication: boolean;
}

/**
 * What Glue documents: of JDBC an address and credentials, of Salesforce its authentication.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnectionInput.html
 */
export const COMBINATIONS: readonly Combination[] = [
  {
    connectionType: 'JDBC',
    propertySets: [['JDBC_CONNECTION_URL'], ['HOST', 'PORT', 'JDBC_ENGINE']],
    orAuthentication: false,
  },
  {
    connectionType: 'JDBC',
    propertySets: [['SECRET_ID'], ['USERNAME', 'PASSWORD']],
    // Another way to give credentials, though not one that is documented for JDBC.
    orAuthentication: true,
  },
  { connectionType: 'SALESFORCE', propertySets: [], orAuthentication: true },
];

export function combinationProblems(input: unknown, path: string): string[] {
  if (!isObject(input)) {
    return [];
  }
  const { ConnectionType: type, ConnectionProperties: properties, AuthenticationConfiguration: authentication } = input;
  return COMBINATIONS.flatMap(({ connectionType, propertySets, orAuthentication }) => {
    if (type !== connectionType || (orAuthentication && authentication !== undefined)) {
      return [];
    }
    if (propertySets.length === 0) {
      return [`'${path}.AuthenticationConfiguration' is required for a connection of type ${connectionType}`];
    }
    return isObject(properties) ? problemsOfSets(propertySets, properties, `${path}.ConnectionProperties`) : [];
  });
}

function problemsOfSets(
  sets: Combination['propertySets'],
  properties: Readonly<Record<string, unknown>>,
  path: string,
): string[] {
  const lacking = sets.map((names) => names.filter((name) => properties[name] === undefined));
  if (lacking.some((names) => names.length === 0)) {
    return [];
  }
  const either = sets.map((names) => names.join(', ').replace(/, (?=[^,]*$)/, ' and ')).join(', or ');
  return [`'${path}' must have ${either}; it lacks ${lacking.flat().join(', ')}`];
}
