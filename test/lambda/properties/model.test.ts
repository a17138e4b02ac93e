import { TestConnectionRequest$ } from '@aws-sdk/client-glue';
import { soundsSecret } from '../../../lambda/base/redaction/secret-names';
import { CONNECTION_TEST, TEST_CONNECTION_INPUT } from '../../../lambda/properties/model';
import type { Shape, Structure } from '../../../lambda/properties/shape';

/** A shape as far as the SDK's own schema tells: its members, and what is sensitive. */
type Outline = 'text' | 'sensitive text' | 'map' | 'sensitive map' | { readonly [member: string]: Outline };

/** `[kind, namespace, name, traits, …]`, as the SDK's package holds its schemas; 8 is the trait `sensitive`. */
type SdkSchema = readonly [number, string, string, number, ...unknown[]];

const [TEXT, MAP, STRUCTURE] = [0, 2, 3];
const SENSITIVE = 8;
const MAP_OF_TEXT = 128;

function outlineOfSdk(given: unknown): Outline {
  const reference = Array.isArray(given) && typeof given[0] === 'function' ? (given[0] as unknown) : given;
  const schema = typeof reference === 'function' ? (reference as () => unknown)() : reference;
  if (schema === TEXT || schema === MAP_OF_TEXT) {
    return schema === TEXT ? 'text' : 'map';
  }
  const [kind, , , traits, members, types] = schema as SdkSchema;
  switch (kind) {
    case TEXT:
      return traits === SENSITIVE ? 'sensitive text' : 'text';
    case MAP:
      return traits === SENSITIVE ? 'sensitive map' : 'map';
    case STRUCTURE:
      return Object.fromEntries(
        (members as string[]).map((name, index) => [name, outlineOfSdk((types as unknown[])[index])]),
      );
    default:
      throw new Error(`a kind of schema that is not known here: ${JSON.stringify(schema)}`);
  }
}

function outlineOf(shape: Shape): Outline {
  switch (shape.kind) {
    case 'text':
      return shape.isSensitive ? 'sensitive text' : 'text';
    case 'map':
      return shape.value.isSensitive ? 'sensitive map' : 'map';
    case 'structure':
      return Object.fromEntries(Object.entries(shape.members).map(([name, member]) => [name, outlineOf(member)]));
    default:
      throw new Error(`no part of Glue's input: ${shape.kind}`);
  }
}

test('the model has each field of the API, and no other', () => {
  const { ConnectionName, CatalogId, TestConnectionInput } = CONNECTION_TEST.members;
  const request = { ConnectionName, CatalogId, TestConnectionInput } as Structure['members'];

  expect(outlineOf({ ...CONNECTION_TEST, members: request })).toEqual(outlineOfSdk(TestConnectionRequest$));
});

test('the model requires what the API requires', () => {
  const types = (TestConnectionRequest$ as unknown as SdkSchema)[5] as [unknown, unknown, [() => unknown[]]];
  const [, , , , names, , required] = types[2][0]();

  expect(TEST_CONNECTION_INPUT.required).toEqual((names as string[]).slice(0, required as number));
  expect(required).toBe(2);
});

// The values of such a property would be masked wherever they appear: "is enabled" would read "is ***".
test.each(Object.entries(CONNECTION_TEST.members).filter(([, { kind }]) => kind === 'choice' || kind === 'integer'))(
  'the name of %s does not sound like that of a secret',
  (name) => {
    expect(soundsSecret(name)).toBe(false);
  },
);
