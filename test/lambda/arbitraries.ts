import type { Connection } from '@aws-sdk/client-glue';
import fc, { type Arbitrary } from 'fast-check';
import { createHash } from 'node:crypto';
import { LEAKS, PLACES, secretsOf, type Secrets } from './secrets';

/** What an event, Glue and the stack do to the handler, and what must not come out of it. */
export interface Situation {
  readonly event: unknown;
  /** Whether there is a safe address to answer to. */
  readonly isAnswerable: boolean;
  /** What Glue and CloudFormation say when they fail. */
  readonly message: string;
  /** How often Glue fails before it passes. */
  readonly failures: number;
  /** What GetConnection answers. */
  readonly connection: Connection;
  /** What DescribeStacks answers; nothing where it fails. */
  readonly stackStatus: string | undefined;
  /** Beginnings and ends of all secrets, that of the response URL last: no other text holds them by chance. */
  readonly marks: readonly string[];
}

const MAX_LENGTH = 256 * 1024;

/** Any Unicode, also halves of surrogate pairs. */
const shortText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
);

/** The same, now and then up to 256 Ki long. */
const text = fc.oneof(
  { weight: 30, arbitrary: shortText },
  {
    weight: 1,
    arbitrary: fc
      .tuple(shortText, fc.nat(MAX_LENGTH))
      .map(([part, length]) => part.repeat(Math.floor(length / Math.max(1, part.length)))),
  },
);

export const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    text,
    fc.array(tie('json'), { maxLength: 5 }),
    fc.dictionary(text, tie('json'), { maxKeys: 5, noNullPrototype: true }),
  ),
}));

/** A member as it should be; now and then anything else, or missing. */
function mostly<T>(arbitrary: Arbitrary<T>): Arbitrary<unknown> {
  return fc.oneof({ weight: 20, arbitrary }, { weight: 1, arbitrary: json }, { weight: 1, arbitrary: missing });
}

function sometimes<T>(arbitrary: Arbitrary<T>): Arbitrary<unknown> {
  return fc.oneof({ weight: 8, arbitrary: missing }, { weight: 4, arbitrary }, { weight: 1, arbitrary: json });
}

const missing = fc.constant(undefined);

/** A value as it comes out of JSON. */
export function asRead(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** Part of a secret, as random as a password: 48 bits. */
const mark = (role: string) =>
  fc.nat().map((number) => createHash('sha256').update(`${role} ${number}`).digest('hex').slice(0, 12));

const secrets = fc
  .tuple(fc.tuple(mark('a'), mark('b'), mark('c'), mark('d'), mark('e')), shortText)
  .map(([marks, middle]) => ({ ...secretsOf(marks, middle), marks }));

/** What decides what becomes of a failure. */
const TELLING = [
  'TestConnection is only supported for Unified Connections',
  'Check that your connection definition references your JDBC database with correct URL syntax, username, and password.',
  'Connection refused',
];

const words: Arbitrary<(secrets: Secrets) => string> = fc
  .array(fc.oneof(text, fc.constantFrom(...LEAKS), fc.constantFrom(...TELLING)), { maxLength: 6 })
  .map((parts) => (its) => parts.map((part) => (typeof part === 'string' ? part : part(its))).join(' '));

const ID = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 40 });

export const properties = fc.record({
  ServiceToken: fc.constant('arn:aws:lambda:eu-west-1:111122223333:function:handler'),
  ConnectionName: mostly(
    fc.oneof(
      ID,
      shortText.filter(({ length }) => length > 0),
      text,
    ),
  ),
  CatalogId: sometimes(ID),
  TimeoutSeconds: sometimes(fc.oneof(fc.integer({ min: 1, max: 840 }), fc.nat(900).map(String))),
  MaxAttempts: sometimes(fc.nat(12).map(String)),
  OnFailure: sometimes(fc.constantFrom('FAIL', 'REPORT')),
  OnUnsupported: sometimes(fc.constantFrom('FAIL', 'WARN')),
  Definition: sometimes(text),
  Watch: sometimes(fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true })),
  Triggers: sometimes(fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true })),
});

const responseUrl = fc.oneof(
  { weight: 20, arbitrary: fc.constant('https') },
  { weight: 1, arbitrary: fc.constantFrom('http://127.0.0.1/x', 'ftp://host/x', 'file:///etc/passwd', 'https//x', '') },
  { weight: 1, arbitrary: json.filter((value) => typeof value !== 'string') },
  { weight: 1, arbitrary: missing },
);

const envelope = fc.record({
  RequestType: mostly(fc.constantFrom('Create', 'Create', 'Update', 'Delete')),
  StackId: mostly(ID.map((id) => `arn:aws:cloudformation:eu-west-1:111122223333:stack/${id}/1a2b3c4d`)),
  RequestId: mostly(ID),
  LogicalResourceId: mostly(ID),
  PhysicalResourceId: sometimes(fc.oneof(ID, text)),
  ResourceType: mostly(fc.constant('Custom::GlueConnectionTest')),
});

const connection: Arbitrary<Connection> = fc.record(
  {
    Status: fc.constantFrom('READY', 'FAILED'),
    PhysicalConnectionRequirements: fc.record({
      SubnetId: text,
      SecurityGroupIdList: fc.array(text, { maxLength: 2 }),
      AvailabilityZone: text,
    }),
  },
  { requiredKeys: [] },
);

/** Events as they should be and as they should not, with secrets in them that Glue repeats. */
const event = fc
  .record({
    secrets,
    words,
    responseUrl,
    envelope,
    properties: mostly(properties),
    places: fc.tuple(fc.constantFrom(...PLACES), fc.constantFrom(...PLACES)),
    failures: fc.constantFrom(0, 1, 2, Infinity),
    connection,
    stackStatus: fc.constantFrom(undefined, 'UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS'),
  })
  .map((parts): Situation => {
    const { responseUrl: url, secrets: its, places, properties: given, envelope: members, words: say, ...rest } = parts;
    const isObject = typeof given === 'object' && given !== null && !Array.isArray(given);
    const ResourceProperties = isObject ? { ...given, ...places[0](its) } : given;
    return {
      event: asRead({
        ...members,
        ResponseURL: url === 'https' ? its.responseUrl : url,
        ResourceProperties,
        OldResourceProperties: places[1](its),
      }),
      isAnswerable: url === 'https',
      message: say(its),
      marks: its.marks,
      ...rest,
    };
  });

export const situation: Arbitrary<Situation> = fc.oneof(
  { weight: 30, arbitrary: event },
  {
    weight: 1,
    arbitrary: json.map((anything) => ({
      event: asRead(anything),
      isAnswerable: false,
      message: '',
      failures: 0,
      connection: {},
      stackStatus: undefined,
      marks: [],
    })),
  },
);
