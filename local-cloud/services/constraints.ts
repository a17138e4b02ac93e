import { ServiceError } from '../service-error';

/**
 * A type of an API's model with its constraints.
 *
 * @see https://smithy.io/2.0/spec/constraint-traits.html
 */
export type Shape = TextShape | MapShape | StructureShape;

export interface TextShape {
  readonly type: 'string';
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly values?: readonly string[];
  /** Whether messages leave the value out. */
  readonly sensitive?: boolean;
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
 * @throws ServiceError SerializationException, or ValidationException that names all violations
 * @see https://docs.aws.amazon.com/glue/latest/webapi/CommonErrors.html
 */
export function parse(shape: StructureShape, body: Structure): Structure {
  const input = deserialize(shape, body) as Structure;
  const violations = violationsOf(shape, input, '');
  if (violations.length > 0) {
    const count = `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected`;
    throw new ServiceError('ValidationException', `${count}: ${violations.join('; ')}`);
  }
  return input;
}

function deserialize(shape: Shape, value: unknown): unknown {
  if (shape.type === 'string') {
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
