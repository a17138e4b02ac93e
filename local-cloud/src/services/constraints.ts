import { ServiceError } from '../service-error';

/**
 * A type of an API's model with its constraints.
 *
 * @see https://smithy.io/2.0/spec/constraint-traits.html
 */
export type Shape = TextShape | BooleanShape | ListShape | MapShape | StructureShape;

export interface TextShape {
  readonly type: 'string';
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly values?: readonly string[];
  /** Whether messages leave the value out. */
  readonly sensitive?: boolean;
}

interface BooleanShape {
  readonly type: 'boolean';
}

interface ListShape {
  readonly type: 'list';
  readonly member: Shape;
  readonly max?: number;
}

interface MapShape {
  readonly type: 'map';
  readonly key?: TextShape;
  readonly value: TextShape;
  readonly max?: number;
}

export interface StructureShape {
  readonly type: 'structure';
  readonly members: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
}

type Structure = Readonly<Record<string, unknown>>;

/**
 * Reads a request's body: members that the model doesn't have and those that are null are dropped.
 *
 * @param code of the error that names all violations; services that speak the Query protocol have `ValidationError`
 * @throws ServiceError SerializationException, or one with the code
 * @see https://docs.aws.amazon.com/glue/latest/webapi/CommonErrors.html
 */
export function parse(shape: StructureShape, body: Structure, code = 'ValidationException'): Structure {
  const input = deserialize(shape, body) as Structure;
  const violations = violationsOf(shape, input, '');
  if (violations.length > 0) {
    const count = `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected`;
    throw new ServiceError(code, `${count}: ${violations.join('; ')}`);
  }
  return input;
}

function deserialize(shape: Shape, value: unknown): unknown {
  switch (shape.type) {
    case 'string':
      return asString(value);
    case 'boolean':
      return asBoolean(value);
    case 'list':
      return asList(value).map((member) => deserialize(shape.member, member));
    default:
      return asStructure(shape, value);
  }
}

function asString(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  const isScalar = typeof value === 'number' || typeof value === 'boolean';
  throw new ServiceError(
    'SerializationException',
    isScalar
      ? `${typeof value === 'number' ? 'NUMBER' : String(value).toUpperCase()}_VALUE can not be converted to a String`
      : 'Start of structure or map found where not expected.',
  );
}

/** The Query protocol has texts only. */
function asBoolean(value: unknown): boolean {
  if (!['true', 'false'].includes(String(value))) {
    throw new ServiceError('MalformedInput', `${JSON.stringify(value)} can not be converted to a Boolean`);
  }
  return String(value) === 'true';
}

/** The Query protocol has an empty text for an empty list. */
function asList(value: unknown): readonly unknown[] {
  if (!Array.isArray(value) && value !== '') {
    throw new ServiceError('SerializationException', 'Unexpected field type');
  }
  return value === '' ? [] : (value as readonly unknown[]);
}

function asStructure(shape: MapShape | StructureShape, value: unknown): Structure {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ServiceError('SerializationException', 'Unexpected field type');
  }
  const typeOf = (member: string) => (shape.type === 'map' ? shape.value : shape.members[member]);
  return Object.fromEntries(
    Object.entries(value as Structure).flatMap(([member, content]) => {
      const type = typeOf(member);
      return type === undefined || content === null ? [] : [[member, deserialize(type, content)]];
    }),
  );
}

function violationsOf(shape: Shape, value: unknown, path: string): string[] {
  const failed = (constraints: string[], shown?: string) =>
    constraints.map(
      (constraint) =>
        `Value${shown === undefined ? '' : ` ${shown}`} at '${path}' failed to satisfy constraint: ${constraint}`,
    );
  switch (shape.type) {
    case 'string':
      return failed(broken(shape, value as string), shape.sensitive ? undefined : `'${value as string}'`);
    case 'boolean':
      return [];
    case 'list': {
      const members = value as readonly unknown[];
      const { member, max = Infinity } = shape;
      return [
        ...failed(members.length > max ? [`Member must have length less than or equal to ${max}`] : []),
        ...members.flatMap((content, index) => violationsOf(member, content, `${path}.${index + 1}.member`)),
      ];
    }
    case 'map':
      return failed(brokenOfMap(shape, value as Record<string, string>), mapText(value as Record<string, string>));
    case 'structure': {
      const present = value as Structure;
      const missing = (shape.required ?? []).filter((member) => present[member] === undefined);
      return [
        ...missing.map(
          (member) => `Value null at '${below(path, member)}' failed to satisfy constraint: Member must not be null`,
        ),
        ...Object.entries(shape.members).flatMap(([member, type]) =>
          present[member] === undefined ? [] : violationsOf(type, present[member], below(path, member)),
        ),
      ];
    }
  }
}

function broken({ min = 0, max = Infinity, pattern, values }: TextShape, value: string): string[] {
  return [
    ...(value.length > max ? [`Member must have length less than or equal to ${max}`] : []),
    ...(value.length < min ? [`Member must have length greater than or equal to ${min}`] : []),
    ...(pattern?.test(value) === false ? [`Member must satisfy regular expression pattern: ${pattern.source}`] : []),
    ...(values?.includes(value) === false ? [`Member must satisfy enum value set: [${values.join(', ')}]`] : []),
  ];
}

function brokenOfMap({ key = { type: 'string' }, value, max = Infinity }: MapShape, map: Record<string, string>) {
  const limits = ({ min, max: most }: TextShape) =>
    [
      most !== undefined && `Member must have length less than or equal to ${most}`,
      min !== undefined && `Member must have length greater than or equal to ${min}`,
    ].filter((limit) => limit !== false);
  return [
    ...(Object.keys(map).length > max ? [`Member must have length less than or equal to ${max}`] : []),
    ...(Object.keys(map).some((name) => broken(key, name).length > 0)
      ? [`Map keys must satisfy constraint: [${limits(key).join(', ')}]`]
      : []),
    ...(Object.values(map).some((content) => broken(value, content).length > 0)
      ? [`Map value must satisfy constraint: [${limits(value).join(', ')}]`]
      : []),
  ];
}

/** As Java prints a map. A message shows all of it, passwords too. */
function mapText(map: Record<string, string>): string {
  return `'{${Object.entries(map)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ')}}'`;
}

function below(path: string, member: string): string {
  const name = member.charAt(0).toLowerCase() + member.slice(1);
  return path === '' ? name : `${path}.${name}`;
}
