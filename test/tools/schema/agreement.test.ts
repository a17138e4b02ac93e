import { Ajv, type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { InvalidPropertiesError, parseProperties } from '../../../lambda/properties/properties';
import { integerPattern } from '../../../tools/schema/integer-pattern';
import { PropertiesSchema } from '../../../tools/schema/properties-schema';
import publishedSchema from '../../../schema/custom-glue-connection-test.schema.json';
import { cases, EACH_SLIP } from './cases';
import type { Properties } from './right-cases';
import { numberText } from './wrong-values';

const RUNS = 6_000;

const ServiceToken = 'arn:aws:lambda:eu-west-1:111122223333:function:handler';

const ajv = new Ajv({ strictTypes: true, allowUnionTypes: true });
const asReceived = ajv.compile(PropertiesSchema.asReceived());
const inTemplate = ajv.compile(publishedSchema);
const isIntrinsic = ajv.compile(publishedSchema.definitions.intrinsic);

/** What the handler says is wrong. */
function problemsOf(properties: Properties): readonly string[] {
  try {
    parseProperties(properties);
    return [];
  } catch (error) {
    if (error instanceof InvalidPropertiesError) {
      return error.problems;
    }
    throw error;
  }
}

/** Properties as CloudFormation sends them: each scalar is a string. */
function asSent(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(asSent);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asSent(member)]));
  }
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

/** Whether something in it is left to CloudFormation. */
function hasIntrinsic(value: unknown): boolean {
  return (typeof value === 'object' && value !== null && Object.values(value).some(hasIntrinsic)) || isIntrinsic(value);
}

/** A schema, and what it and the handler get of the same properties. */
interface Pair {
  readonly schema: ValidateFunction;
  readonly toSchema: (properties: Properties) => unknown;
  readonly toHandler: (properties: Properties) => unknown;
  /** Whether it is about them. */
  readonly concerns: (properties: Properties) => boolean;
}

/** Holds a schema's verdict against the handler's, and returns it. */
function verdictOf({ schema, toSchema, toHandler }: Pair, properties: Properties): boolean {
  const isAccepted = schema(toSchema(properties));
  const problems = problemsOf(toHandler(properties) as Properties);
  if (isAccepted !== (problems.length === 0)) {
    const given = JSON.stringify(properties).slice(0, 2_000);
    throw new Error(`${given}: handler: ${problems.join('; ')}; schema: ${ajv.errorsText(schema.errors)}`);
  }
  return isAccepted;
}

describe.each<[string, Pair]>([
  [
    'the schema of what the function receives',
    { schema: asReceived, toSchema: (given) => given, toHandler: (given) => given, concerns: () => true },
  ],
  [
    'the published schema, of what CloudFormation makes into that',
    {
      schema: inTemplate,
      toSchema: (given) => ({ ...given, ServiceToken, ServiceTimeout: 900 }),
      toHandler: asSent,
      concerns: (given) => !hasIntrinsic(given),
    },
  ],
])('%s', (_, pair) => {
  test('agrees with the handler on arbitrary properties', () => {
    let accepted = 0;
    const concerned = cases.filter(pair.concerns);
    fc.assert(
      fc.property(concerned, (properties) => void (accepted += verdictOf(pair, properties) ? 1 : 0)),
      { numRuns: RUNS },
    );

    expect(accepted).toBeGreaterThan(RUNS / 5);
    expect(accepted).toBeLessThan((RUNS * 4) / 5);
  });

  test('agrees with the handler on each single change to complete properties', () => {
    const concerned = EACH_SLIP.filter(pair.concerns);
    const accepted = concerned.filter((properties) => verdictOf(pair, properties));

    expect(concerned.length).toBeGreaterThan(5_000);
    expect(accepted.length).toBeGreaterThan(1_000);
  });
});

test('both agree on each number as text, with zeros, signs, blanks and fractions', () => {
  fc.assert(
    fc.property(numberText, fc.constantFrom('TimeoutSeconds', 'MaxAttempts'), (number, name) => {
      const properties = { ConnectionName: 'orders', [name]: number };
      expect(asReceived(properties)).toBe(problemsOf(properties).length === 0);
    }),
    { numRuns: RUNS },
  );
});

test.each([1, 9, 10, 99, 100, 101, 840, 3600])(
  'the pattern of whole numbers up to %d has these and no other',
  (maximum) => {
    const pattern = new RegExp(integerPattern(1, maximum), 'u');
    const numbers = Array.from({ length: 11 * maximum }, (_, number) => number);

    expect(numbers.filter((number) => pattern.test(String(number)))).toEqual(
      Array.from({ length: maximum }, (_, index) => index + 1),
    );
    expect(pattern.test(`00${maximum}`)).toBe(true);
  },
);

test('an emoji is one character, as AWS counts', () => {
  const named = (length: number) => ({ ConnectionName: '🎉'.repeat(length) });

  expect([255, 256].map((length) => asReceived(named(length)))).toEqual([true, false]);
  expect([255, 256].map((length) => problemsOf(named(length)))).toEqual([
    [],
    ["'ConnectionName' must be 1 to 255 characters on one line, got: text of 256 characters"],
  ]);
});
