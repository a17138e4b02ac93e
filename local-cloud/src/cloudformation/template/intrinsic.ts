export interface Intrinsic {
  readonly name: string;
  readonly argument: unknown;
}

/** Matches `${Name}`, `${LogicalId.Attribute}` and the literal `${!Name}` in the text of `Fn::Sub`. */
export const SUB_VARIABLE = /\$\{(!?)([^}]+)\}/g;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where one thing may be written for a list of one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/**
 * A map with the single key `Ref` or `Fn::…` is a function call.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function asIntrinsic(value: unknown): Intrinsic | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0) {
    return undefined;
  }
  const [name, argument] = entry;
  return name === 'Ref' || name.startsWith('Fn::') ? { name, argument } : undefined;
}

/** `LogicalId.Attribute`, where the attribute may contain dots itself. */
export function splitAttribute(reference: string): [logicalId: string, attribute: string | undefined] {
  const dot = reference.indexOf('.');
  return dot < 0 ? [reference, undefined] : [reference.slice(0, dot), reference.slice(dot + 1)];
}
