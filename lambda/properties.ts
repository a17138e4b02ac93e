import type { ConnectionTestProperties } from './contract';

/** A test that can be run: the custom resource's properties, checked. */
export interface TestRequest {
  readonly connectionName: string;
  readonly catalogId: string | undefined;
  readonly timeoutSeconds: number;
  readonly maxAttempts: number;
  readonly onFailure: 'FAIL' | 'REPORT';
  readonly onUnsupported: 'FAIL' | 'WARN';
}

/** Says everything that is wrong with the properties at once, so that one deployment is enough to mend them. */
export class InvalidPropertiesError extends Error {
  override readonly name = 'InvalidPropertiesError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('; '));
  }
}

/**
 * No line breaks and no control characters.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnection.html
 */
const ONE_LINE = /^[\u0020-\uFFFD\u{10000}-\u{10FFFF}\t]*$/u;

const PROPERTIES: Readonly<Record<keyof ConnectionTestProperties, true>> = {
  ConnectionName: true,
  CatalogId: true,
  TimeoutSeconds: true,
  MaxAttempts: true,
  OnFailure: true,
  OnUnsupported: true,
  Definition: true,
  Triggers: true,
};

/** What can be shown of a name that is not ours. */
const NAME = /^\w{1,64}$/;

/** CloudFormation passes its own on. */
const RESERVED: readonly string[] = ['ServiceToken', 'ServiceTimeout'];

/**
 * Reads the properties of a Create or Update; they may come from a hand-written template.
 *
 * @throws InvalidPropertiesError naming each property that is unknown, missing or of the wrong form; it shows no value,
 * since any could be a secret that was put into the wrong place
 */
export function parseProperties(properties: Readonly<Record<string, unknown>>): TestRequest {
  const reader = new Reader(properties);
  const request: TestRequest = {
    connectionName: reader.name('ConnectionName') ?? '',
    catalogId: reader.name('CatalogId'),
    timeoutSeconds: reader.integer('TimeoutSeconds', 1, 840) ?? 300,
    maxAttempts: reader.integer('MaxAttempts', 1, 10) ?? 3,
    onFailure: reader.choice('OnFailure', ['FAIL', 'REPORT']) ?? 'FAIL',
    onUnsupported: reader.choice('OnUnsupported', ['FAIL', 'WARN']) ?? 'FAIL',
  };
  reader.required('ConnectionName', 'the name of the Glue connection to test');
  reader.unknown();
  if (reader.problems.length > 0) {
    throw new InvalidPropertiesError(reader.problems);
  }
  return request;
}

/** Reads one property after the other and keeps what is wrong with them. */
class Reader {
  readonly problems: string[] = [];

  constructor(private readonly properties: Readonly<Record<string, unknown>>) {}

  name(property: keyof ConnectionTestProperties): string | undefined {
    return this.read(property, '1 to 255 characters on one line', (value) =>
      typeof value === 'string' && value.length >= 1 && value.length <= 255 && ONE_LINE.test(value) ? value : undefined,
    );
  }

  integer(property: keyof ConnectionTestProperties, min: number, max: number): number | undefined {
    return this.read(property, `a whole number from ${min} to ${max}`, (value) => {
      const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
      return typeof number === 'number' && Number.isInteger(number) && number >= min && number <= max
        ? number
        : undefined;
    });
  }

  choice<T extends string>(property: keyof ConnectionTestProperties, choices: readonly T[]): T | undefined {
    return this.read(property, `one of ${choices.join(', ')}`, (value) => choices.find((choice) => choice === value));
  }

  required(property: keyof ConnectionTestProperties, meaning: string): void {
    if (this.properties[property] === undefined) {
      this.problems.push(`'${property}' is required: ${meaning}`);
    }
  }

  unknown(): void {
    const known = Object.keys(PROPERTIES);
    const unknown = Object.keys(this.properties).filter((name) => !known.includes(name) && !RESERVED.includes(name));
    if (unknown.length > 0) {
      const names = unknown
        .slice(0, 20)
        .map((name) => (NAME.test(name) ? `'${name}'` : `a name of ${name.length} characters`));
      const which = names.length === 1 ? 'is not a property' : 'are no properties';
      this.problems.push(`${names.join(', ')} ${which}, expected: ${known.join(', ')}`);
    }
  }

  private read<T>(
    property: keyof ConnectionTestProperties,
    expected: string,
    accept: (value: unknown) => T | undefined,
  ): T | undefined {
    const value = this.properties[property];
    if (value === undefined) {
      return undefined;
    }
    const accepted = accept(value);
    if (accepted === undefined) {
      this.problems.push(`'${property}' must be ${expected}, got: ${describe(value)}`);
    }
    return accepted;
  }
}

/** A value as a message may show it: its kind and size, never its content. */
function describe(value: unknown): string {
  if (typeof value === 'string') {
    const lines = value.split('\n').length;
    return value === '' ? 'nothing' : `text of ${value.length} characters${lines > 1 ? ` on ${lines} lines` : ''}`;
  }
  if (typeof value === 'number') {
    return String(value);
  }
  return Array.isArray(value) ? 'a list' : typeof value;
}
