import type { ConnectionTestProperties } from './contract';

/** A test that can be run: the custom resource's properties, checked. */
export interface TestRequest {
  readonly connectionName: string;
  readonly catalogId: string | undefined;
  readonly timeoutSeconds: number;
}

/** Says everything that is wrong with the properties at once, so that one deployment is enough to mend them. */
export class InvalidPropertiesError extends Error {
  public override readonly name = 'InvalidPropertiesError';

  public constructor(public readonly problems: readonly string[]) {
    super(`invalid properties: ${problems.join('; ')}`);
  }
}

const DEFAULT_TIMEOUT_SECONDS = 300;
const MAX_TIMEOUT_SECONDS = 840;

/**
 * No line breaks and no control characters.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnection.html
 */
const ONE_LINE = /^[\u0020-\uFFFD\u{10000}-\u{10FFFF}\t]*$/u;

type PropertyName = keyof ConnectionTestProperties | 'ServiceToken' | 'ServiceTimeout';

const PROPERTY_NAMES = [
  'ConnectionName',
  'CatalogId',
  'TimeoutSeconds',
  'Definition',
  'Triggers',
  // CloudFormation's own, which it passes on.
  'ServiceToken',
  'ServiceTimeout',
] as const satisfies readonly PropertyName[];

/**
 * Reads the properties of a Create or Update; they may come from a hand-written template.
 *
 * @throws InvalidPropertiesError naming each property that is unknown, missing or of the wrong form
 */
export function parseProperties(properties: Record<string, unknown>): TestRequest {
  const problems: string[] = [];
  const known: readonly string[] = PROPERTY_NAMES;
  for (const name of Object.keys(properties)) {
    if (!known.includes(name)) {
      problems.push(`'${name}' is not a property, expected one of ${known.slice(0, -2).join(', ')}`);
    }
  }

  const connectionName = readName('ConnectionName', properties, problems);
  if (properties.ConnectionName === undefined) {
    problems.push("'ConnectionName' is required: the name of the Glue connection to test");
  }
  const request = {
    connectionName: connectionName ?? '',
    catalogId: readName('CatalogId', properties, problems),
    timeoutSeconds: readTimeout(properties.TimeoutSeconds, problems),
  };
  if (problems.length > 0) {
    throw new InvalidPropertiesError(problems);
  }
  return request;
}

function readName(property: PropertyName, properties: Record<string, unknown>, problems: string[]): string | undefined {
  const value = properties[property];
  if (value === undefined) {
    return undefined;
  }
  if (typeof value !== 'string' || value.length < 1 || value.length > 255 || !ONE_LINE.test(value)) {
    problems.push(`'${property}' must be 1 to 255 characters on one line, got: ${describe(value)}`);
    return undefined;
  }
  return value;
}

function readTimeout(value: unknown, problems: string[]): number {
  if (value === undefined) {
    return DEFAULT_TIMEOUT_SECONDS;
  }
  const seconds = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof seconds !== 'number' || !Number.isInteger(seconds) || seconds < 1 || seconds > MAX_TIMEOUT_SECONDS) {
    problems.push(`'TimeoutSeconds' must be a whole number from 1 to ${MAX_TIMEOUT_SECONDS}, got: ${describe(value)}`);
    return DEFAULT_TIMEOUT_SECONDS;
  }
  return seconds;
}

/** A value as a message shows it: enough to recognise it, never enough to fill the answer. */
function describe(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}… (${text.length} characters)` : text;
}
