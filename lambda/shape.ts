/** What a value in the custom resource's properties has to look like. */
export type Shape = Text | Integer | Choice | MapOf | Structure | Anything;

export interface Text {
  readonly kind: 'text';
  readonly minLength: number;
  readonly maxLength: number;
  readonly pattern?: RegExp;
  /** All that together, in words. */
  readonly expected: string;
  /** Whether AWS's model marks it as sensitive. */
  readonly isSensitive: boolean;
  /** Whether it may be read from a secret: then it can stand as `{ SecretId, JsonKey?, VersionStage? }`. */
  readonly mayBeReference: boolean;
}

/** A whole number; CloudFormation sends it as a string. */
export interface Integer {
  readonly kind: 'integer';
  readonly minimum: number;
  readonly maximum: number;
}

export interface Choice {
  readonly kind: 'choice';
  readonly values: readonly string[];
}

export interface MapOf {
  readonly kind: 'map';
  readonly key: Text;
  readonly value: Text;
  readonly maxEntries: number;
}

export interface Structure {
  readonly kind: 'structure';
  readonly members: Readonly<Record<string, Shape>>;
  readonly required: readonly string[];
  /** Members that are none of ours. */
  readonly ignored: readonly string[];
}

/** That it changes is all that matters. */
export interface Anything {
  readonly kind: 'anything';
}

/** A secret that the handler reads, in the place of a text. */
export const SECRET_REFERENCE: Structure = {
  kind: 'structure',
  members: {
    SecretId: plainText(1, 2048),
    JsonKey: plainText(1, 1024),
    VersionStage: plainText(1, 256),
  },
  required: ['SecretId'],
  ignored: [],
};

function plainText(minLength: number, maxLength: number): Text {
  const expected = `${minLength} to ${maxLength} characters`;
  return { kind: 'text', minLength, maxLength, expected, isSensitive: false, mayBeReference: false };
}

/**
 * Everything that is wrong with a value, each problem with its path. No value is shown, since any could be a secret that
 * was put into the wrong place.
 */
export function problemsOf(shape: Shape, value: unknown, path = ''): string[] {
  switch (shape.kind) {
    case 'anything':
      return [];
    case 'text':
      if (shape.mayBeReference && isObject(value)) {
        return problemsOf(SECRET_REFERENCE, value, path);
      }
      return isText(shape, value) ? [] : [mustBe(path, shape.expected, value)];
    case 'integer': {
      const { minimum, maximum } = shape;
      return isInteger(shape, value) ? [] : [mustBe(path, `a whole number from ${minimum} to ${maximum}`, value)];
    }
    case 'choice':
      return shape.values.some((choice) => choice === value)
        ? []
        : [mustBe(path, `one of ${shape.values.join(', ')}`, value)];
    case 'map':
      return isObject(value) ? problemsOfMap(shape, value, path) : [mustBe(path, 'a map', value)];
    case 'structure':
      return isObject(value) ? problemsOfStructure(shape, value, path) : [mustBe(path, 'a map', value)];
  }
}

function problemsOfMap({ key, value, maxEntries }: MapOf, map: Readonly<Record<string, unknown>>, path: string) {
  const entries = Object.entries(map);
  const problems =
    entries.length > maxEntries ? [`'${path}' must have at most ${maxEntries} entries, got: ${entries.length}`] : [];
  for (const [name, member] of entries.slice(0, maxEntries)) {
    if (!isText(key, name)) {
      problems.push(`a key of '${path}' must be ${key.expected}, got: ${describe(name)}`);
    }
    problems.push(...problemsOf(value, member, join(path, name)));
  }
  return problems;
}

function problemsOfStructure(
  { members, required, ignored }: Structure,
  value: Readonly<Record<string, unknown>>,
  path: string,
): string[] {
  const problems = required
    .filter((name) => value[name] === undefined)
    .map((name) => `'${join(path, name)}' is required`);
  for (const [name, member] of Object.entries(members)) {
    if (value[name] !== undefined) {
      problems.push(...problemsOf(member, value[name], join(path, name)));
    }
  }
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(members, name) && !ignored.includes(name));
  if (unknown.length > 0) {
    const names = unknown.slice(0, 20).map((name) => (isName(name) ? `'${join(path, name)}'` : nameless(name)));
    const which = names.length === 1 ? 'is not a property' : 'are no properties';
    problems.push(`${names.join(', ')} ${which}, expected: ${Object.keys(members).join(', ')}`);
  }
  return problems;
}

/** The value with each of its texts replaced; what has not the shape stays what it is. */
export function mapTexts(
  shape: Shape,
  value: unknown,
  map: (text: unknown, shape: Text, path: string) => unknown,
  path = '',
): unknown {
  if (shape.kind === 'text') {
    return map(value, shape, path);
  }
  if ((shape.kind !== 'map' && shape.kind !== 'structure') || !isObject(value)) {
    return value;
  }
  const entries = Object.entries(value).map(([name, member]) => {
    const memberShape = shape.kind === 'map' ? shape.value : shape.members[name];
    return [name, memberShape === undefined ? member : mapTexts(memberShape, member, map, join(path, name))];
  });
  return Object.fromEntries(entries);
}

export function isText({ minLength, maxLength, pattern }: Text, value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length >= minLength &&
    value.length <= maxLength &&
    (pattern === undefined || pattern.test(value))
  );
}

function isInteger({ minimum, maximum }: Integer, value: unknown): boolean {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= minimum && number <= maximum;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function mustBe(path: string, expected: string, value: unknown): string {
  return `'${path}' must be ${expected}, got: ${describe(value)}`;
}

/** What can be shown of a name that is not ours. */
function isName(name: string): boolean {
  return /^[\w.-]{1,128}$/.test(name);
}

function nameless(name: string): string {
  return `a name of ${name.length} characters`;
}

function join(path: string, name: string): string {
  const shown = isName(name) ? name : `(${nameless(name)})`;
  return path === '' ? shown : `${path}.${shown}`;
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
  return Array.isArray(value) ? 'a list' : value === null ? 'nothing' : isObject(value) ? 'a map' : typeof value;
}
