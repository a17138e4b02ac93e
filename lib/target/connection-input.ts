import type * as glue from 'aws-cdk-lib/aws-glue';
import type { TestConnectionInput } from '../../lambda/contract';
import type { Shape } from '../props/check-props';
import { having, MAP, optional, TEXT } from '../props/kinds';
import type { ConnectionAuthentication } from './connection-authentication';
import { CONNECTION_TYPE } from './connection-kinds';
import type { WithReferences } from '../secrets/rendering';
import type { SecretReference } from '../secrets/secret-reference';
import { checkSplitMap, joinBoth, splitMap } from '../secrets/split-map';
import { checkName, checkText } from '../secrets/value-checks';

/**
 * The definition of a connection that doesn't have to exist, like Glue's `TestConnectionInput`.
 *
 * It has no network: Glue tests it from outside any VPC.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnectionInput.html
 */
export interface ConnectionInput {
  /**
   * The type of the connection. For a type that the class has no member for, use `new glue.ConnectionType('MYSQL')`.
   */
  readonly connectionType: glue.ConnectionType;

  /**
   * The connection's properties: values of 1 to 1024 characters. A property with the name of a secret, such as
   * `PASSWORD` or `API_KEY`, belongs in `secretConnectionProperties`. Both maps together can have at most 100 entries.
   *
   * JDBC requires `JDBC_CONNECTION_URL`, or `HOST`, `PORT` and `JDBC_ENGINE`. It also requires `SECRET_ID`, or
   * `USERNAME` and `PASSWORD`, unless `authentication` is given.
   *
   * @see https://docs.aws.amazon.com/glue/latest/dg/connection-properties.html
   * @default - none
   */
  readonly connectionProperties?: { [name: string]: string };

  /**
   * Properties of the connection whose values are in Secrets Manager, such as `PASSWORD`. The template names the secret
   * and never contains the value.
   *
   * @default - none
   */
  readonly secretConnectionProperties?: { [name: string]: SecretReference };

  /**
   * How the connection authenticates. Salesforce requires it.
   *
   * @default - with the connection's properties
   */
  readonly authentication?: ConnectionAuthentication;

  /**
   * The ID of the Data Catalog that the connection is tested for: 1 to 255 characters.
   *
   * @default - the Data Catalog of the account that the stack is deployed to
   */
  readonly catalogId?: string;
}

/** @internal */
export const INPUT: Shape<ConnectionInput> = {
  connectionType: CONNECTION_TYPE,
  connectionProperties: optional(MAP),
  secretConnectionProperties: optional(MAP),
  authentication: optional(having(['_configuration'], 'a ConnectionAuthentication')),
  catalogId: optional(TEXT),
};

type Properties = Readonly<Record<string, string | SecretReference>>;

/**
 * @throws an error for the first thing that is wrong, as far as it is known at synthesis; it shows no value
 * @internal
 */
export function checkInput(input: ConnectionInput): void {
  const { connectionType, authentication, catalogId } = input;
  const map = splitMap('connectionProperties', input);
  const properties = joinBoth(map);
  if (catalogId !== undefined) {
    checkName('catalogId', catalogId);
  }
  checkText('connectionType', connectionType.name, { min: 1, max: 255 });
  if (Object.keys(properties).length > 100) {
    throw new Error(`'connectionProperties' must have at most 100 entries, got: ${Object.keys(properties).length}`);
  }
  checkSplitMap(map, { value: 1024 });
  checkCombinations(connectionType.name, properties, authentication);
}

/** What Glue's documentation asks of JDBC and of Salesforce. The function checks it too, for templates without CDK. */
function checkCombinations(type: string, properties: Properties, authentication?: ConnectionAuthentication): void {
  if (type === 'SALESFORCE' && authentication === undefined) {
    throw new Error("'authentication' is required for a connection of type SALESFORCE, got: none");
  }
  if (type !== 'JDBC') {
    return;
  }
  const given = Object.keys(properties).join(', ') || 'none';
  const has = (...names: string[]) => names.every((name) => properties[name] !== undefined);
  if (!has('JDBC_CONNECTION_URL') && !has('HOST', 'PORT', 'JDBC_ENGINE')) {
    throw new Error(
      `'connectionProperties' must have JDBC_CONNECTION_URL, or HOST, PORT and JDBC_ENGINE, got: ${given}`,
    );
  }
  // An authentication is another way to give credentials, though not one that is documented for JDBC.
  if (!has('SECRET_ID') && !has('USERNAME', 'PASSWORD') && authentication === undefined) {
    throw new Error(`'connectionProperties' must have SECRET_ID, or USERNAME and PASSWORD, got: ${given}`);
  }
}

/**
 * The input as Glue's structure.
 *
 * @internal
 */
export function structureOf(input: ConnectionInput): WithReferences<TestConnectionInput> {
  return {
    ConnectionType: input.connectionType.name,
    ConnectionProperties: joinBoth(splitMap('connectionProperties', input)),
    AuthenticationConfiguration: input.authentication?._configuration,
  };
}

/**
 * A property that names something, and can't be a secret itself.
 *
 * @internal
 */
export function stringProperty(input: ConnectionInput, name: string): string | undefined {
  if (input.secretConnectionProperties?.[name] !== undefined) {
    throw new Error(
      `'secretConnectionProperties.${name}' must be a string in 'connectionProperties', got: a SecretReference; it ` +
        'only names something',
    );
  }
  return input.connectionProperties?.[name];
}
