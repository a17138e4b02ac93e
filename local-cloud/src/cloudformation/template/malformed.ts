import { ValidationError } from '../errors';

/** How CloudFormation explains a function that is written wrongly. */
const USAGE: Readonly<Record<string, string>> = {
  Ref: 'Template format error: Every Ref object must have a single String value.',
  'Fn::GetAtt':
    'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
  'Fn::Sub':
    "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
  'Fn::Join':
    'Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.',
  'Fn::Split':
    'Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.',
  'Fn::Select': 'Template error: Fn::Select requires a list argument with two elements: an integer index and a list',
  'Fn::FindInMap':
    'Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value',
  'Fn::If': 'Template error: Fn::If requires a list argument with three parameters',
  'Fn::Equals': 'Template error: every Fn::Equals object requires a list of 2 string parameters.',
  'Fn::Not': 'Template error: every Fn::Not object requires one boolean parameter.',
  'Fn::And': 'Template error: every Fn::And object requires a list of at least 2 and at most 10 boolean parameters.',
  'Fn::Or': 'Template error: every Fn::Or object requires a list of at least 2 and at most 10 boolean parameters.',
};

export function malformed(functionName: string): never {
  throw new ValidationError(USAGE[functionName] ?? `Template error: ${functionName} must resolve to a string`);
}

/** Scalars are strings to every function that makes text of them. */
export function asText(value: unknown, functionName: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  return malformed(functionName);
}
