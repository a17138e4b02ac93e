import { isIntrinsic } from './resolvers';

/** A literal, or an intrinsic function that yields text. */
export type Part = string | object;

/** The parts of a text in a template. Different ways to write the same text have the same parts. */
export function partsOf(value: unknown): Part[] {
  return merge(dissolve(value));
}

/** The one part, or all of them joined. */
export function join(parts: readonly Part[]): Part {
  const [only = '', ...others] = parts;
  return others.length === 0 ? only : { 'Fn::Join': ['', parts] };
}

/** The parts between the separators in literals: at most `limit` groups, of which the last has all the rest. */
export function split(parts: readonly Part[], separator: string, limit: number): Part[][] {
  const segments: Part[][] = [[]];
  for (const part of parts) {
    const pieces = typeof part === 'string' ? part.split(separator) : [part];
    for (const [index, piece] of pieces.entries()) {
      if (index === 0) {
        segments.at(-1)?.push(piece);
      } else if (segments.length < limit) {
        segments.push([piece]);
      } else {
        segments.at(-1)?.push(separator, piece);
      }
    }
  }
  return segments.map(merge);
}

function dissolve(value: unknown): Part[] {
  if (typeof value !== 'object' || value === null) {
    return [String(value)];
  }
  if (isIntrinsic(value)) {
    const { 'Fn::Join': joined, 'Fn::Sub': substituted } = value;
    const [delimiter, list] = Array.isArray(joined) ? (joined as unknown[]) : [];
    if (typeof delimiter === 'string' && Array.isArray(list)) {
      return list.flatMap((item, index) => [...(index === 0 ? [] : [delimiter]), ...dissolve(item)]);
    }
    const [text, variables = {}] = [substituted].flat() as [unknown, Variables?];
    if (text !== undefined) {
      // The CDK makes references of the names in an included template; the literals between them may have more.
      return partsOf(text).flatMap((part) =>
        typeof part === 'string' ? partsOfSubstitution(part, variables) : [part],
      );
    }
  }
  return [value];
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html */
function partsOfSubstitution(text: string, variables: Variables): Part[] {
  // Every other piece is the name in a `${}`.
  return text.split(/\$\{([^}]*)\}/).flatMap((piece, index): Part[] => {
    if (index % 2 === 0) {
      return [piece];
    }
    if (piece.startsWith('!')) {
      return [`\${${piece.slice(1)}}`];
    }
    if (piece in variables) {
      return dissolve(variables[piece]);
    }
    const [name, ...attribute] = piece.split('.');
    return [attribute.length === 0 ? { Ref: name } : { 'Fn::GetAtt': [name, attribute.join('.')] }];
  });
}

type Variables = Readonly<Record<string, unknown>>;

/** Removes empty literals, and joins adjacent ones. */
function merge(parts: readonly Part[]): Part[] {
  const merged: Part[] = [];
  for (const part of parts.filter((one) => one !== '')) {
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string') {
      merged.splice(-1, 1, last + part);
    } else {
      merged.push(part);
    }
  }
  return merged;
}
