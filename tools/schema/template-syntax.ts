import { integerPattern } from './integer-pattern';

/** A JSON Schema, or a part of one. */
export type Schema = Readonly<Record<string, unknown>>;

export function refer(definition: string): Schema {
  return { $ref: `#/definitions/${definition}` };
}

/** What a template's author may write in the place of a value, or of a map. */
export const TEMPLATE_DEFINITIONS: Readonly<Record<'intrinsic' | 'knownLater', Schema>> = {
  intrinsic: {
    description: 'A function of CloudFormation: Ref or Fn::…',
    type: 'object',
    minProperties: 1,
    maxProperties: 1,
    propertyNames: { pattern: '^(Ref|Fn::.+)$' },
  },
  knownLater: {
    description: 'A value that CloudFormation finds out.',
    anyOf: [
      refer('intrinsic'),
      { description: 'A dynamic reference.', type: 'string', pattern: '\\{\\{resolve:[^{}]+\\}\\}' },
    ],
  },
};

/**
 * The properties that CloudFormation itself reads, and has checked before the function receives them.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
 */
export const SERVICE_PROPERTIES: Readonly<Record<string, Schema>> = {
  ServiceToken: {
    description: 'The ARN of the function that tests connections.',
    anyOf: [{ type: 'string', minLength: 1 }, refer('intrinsic')],
  },
  ServiceTimeout: {
    description:
      "Seconds that CloudFormation waits for the function's answer, 1 to 3600; without it, 3600. It must exceed " +
      'TimeoutSeconds by 20, or be twice as long where TimeoutSeconds is less.',
    anyOf: [
      { type: 'integer', minimum: 1, maximum: 3600 },
      { type: 'string', pattern: integerPattern(1, 3600) },
      refer('knownLater'),
    ],
  },
};
