import { ValidationError } from '../errors';
import { VALUE_FUNCTIONS } from './functions';
import { asIntrinsic, isRecord, listOf, splitAttribute, SUB_VARIABLE } from './intrinsic';
import { malformed } from './malformed';

export interface Reference {
  readonly name: string;
  readonly attribute?: unknown;
}

const CONDITION_FUNCTIONS = ['Fn::And', 'Fn::Equals', 'Fn::If', 'Fn::Not', 'Fn::Or'];
const SUPPORTED = [...VALUE_FUNCTIONS.filter((name) => name !== 'Ref'), ...CONDITION_FUNCTIONS].sort();

/** Every `Ref`, `Fn::GetAtt` and variable of `Fn::Sub` in the value. */
export function referencesIn(value: unknown): Reference[] {
  if (Array.isArray(value)) {
    return value.flatMap(referencesIn);
  }
  if (!isRecord(value)) {
    return [];
  }
  const { name, argument } = asIntrinsic(value) ?? {};
  switch (name) {
    case 'Ref':
      return typeof argument === 'string' ? [{ name: argument }] : malformed(name);
    case 'Fn::GetAtt':
      return attributeReferences(argument);
    case 'Fn::Sub':
      return substitutionReferences(argument);
    default:
      return Object.values(value).flatMap(referencesIn);
  }
}

function attributeReferences(argument: unknown): Reference[] {
  const parts: readonly unknown[] = typeof argument === 'string' ? splitAttribute(argument) : listOf(argument);
  const [name, attribute] = parts;
  if (typeof name !== 'string' || attribute === undefined || parts.length > 2) {
    return malformed('Fn::GetAtt');
  }
  return [{ name, attribute }, ...referencesIn(attribute)];
}

function substitutionReferences(argument: unknown): Reference[] {
  const [text, variables = {}] = listOf(argument);
  if (typeof text !== 'string' || !isRecord(variables)) {
    return malformed('Fn::Sub');
  }
  const names = [...text.matchAll(SUB_VARIABLE)].filter(([, literal]) => !literal).map(([, , name = '']) => name);
  const references = names
    .filter((name) => !(name in variables))
    .map(splitAttribute)
    .map(([name, attribute]) => ({ name, attribute }));
  return [...references, ...referencesIn(Object.values(variables))];
}

/** Fails on a function that does not exist, in a branch of `Fn::If` that is not taken, too. */
export function assertFunctionsKnown(value: unknown, alsoKnown: readonly string[] = []): void {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  const name = asIntrinsic(value)?.name;
  if (name !== undefined && name !== 'Ref' && ![...SUPPORTED, ...alsoKnown].includes(name)) {
    throw new ValidationError(
      `Template error: Encountered unsupported function: ${name} Supported functions are: [${SUPPORTED.join(', ')}]`,
    );
  }
  for (const member of Object.values(value)) {
    assertFunctionsKnown(member, alsoKnown);
  }
}
