import { COMBINATIONS, type Combination } from '../../lambda/properties/combinations';
import { CONNECTION_TEST, SECRET_REFERENCE, TEST_CONNECTION_INPUT } from '../../lambda/properties/model';
import { TARGETS } from '../../lambda/properties/properties';
import { isText, type Integer, type MapOf, type Shape, type Structure, type Text } from '../../lambda/properties/shape';
import { Descriptions } from './descriptions';
import { integerPattern } from './integer-pattern';
import { refer, SERVICE_PROPERTIES, TEMPLATE_DEFINITIONS, type Schema } from './template-syntax';

/**
 * The properties of `Custom::GlueConnectionTest` as a JSON Schema, made from the model by which the handler checks them
 * and from what `contract.ts` says about them.
 */
export class PropertiesSchema {
  /** As they are written in a template, where CloudFormation's functions may stand for values. */
  static inTemplate(): Schema {
    return new PropertiesSchema(true).make();
  }

  /** As the function receives them: all values are known, and each scalar is a string. */
  static asReceived(): Schema {
    return new PropertiesSchema(false).make();
  }

  private constructor(private readonly isTemplate: boolean) {}

  private make(): Schema {
    const schema = this.structure(CONNECTION_TEST, Descriptions.of('ConnectionTestProperties'));
    const secretReference = Descriptions.of('SecretValueReference');
    return {
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: 'Custom::GlueConnectionTest',
      description: 'Tests an AWS Glue connection while the stack deploys.',
      ...schema,
      ...(this.isTemplate ? { required: ['ServiceToken'] } : {}),
      oneOf: TARGETS.map((name) => ({ required: [name] })),
      definitions: {
        secretReference: {
          description: secretReference.summary,
          ...this.structure(SECRET_REFERENCE, secretReference),
        },
        ...(this.isTemplate ? TEMPLATE_DEFINITIONS : {}),
      },
    };
  }

  private schemaOf(shape: Shape, descriptions: () => Descriptions): Schema {
    switch (shape.kind) {
      case 'anything':
        return {};
      case 'text':
        return this.text(shape);
      case 'integer':
        return this.integer(shape);
      case 'choice':
        return this.orLater('knownLater', { enum: shape.values });
      case 'map':
        return this.orLater('intrinsic', this.map(shape));
      case 'structure':
        return this.orLater('intrinsic', this.structure(shape, descriptions()));
    }
  }

  private text(shape: Text): Schema {
    const { minLength, maxLength, pattern, orElse } = shape;
    const text = {
      // A number in a template is a text when it is received, which not every pattern allows.
      type: this.isTemplate && isText(shape, '1') ? ['string', 'number', 'boolean'] : 'string',
      ...(minLength === 0 ? {} : { minLength }),
      maxLength,
      ...(pattern === undefined ? {} : { pattern: pattern.source }),
    };
    return this.orLater('knownLater', text, ...(orElse === undefined ? [] : [refer('secretReference')]));
  }

  private integer({ minimum, maximum }: Integer): Schema {
    return this.orLater(
      'knownLater',
      { type: 'integer', minimum, maximum },
      { type: 'string', pattern: integerPattern(minimum, maximum) },
    );
  }

  private map({ key, value, maxEntries }: MapOf): Schema {
    return {
      type: 'object',
      ...(maxEntries === undefined ? {} : { maxProperties: maxEntries }),
      propertyNames: { minLength: key.minLength, maxLength: key.maxLength },
      additionalProperties: this.text(value),
    };
  }

  private structure(shape: Structure, descriptions: Descriptions): Schema {
    const ignored = shape.ignored.map((name) => [name, this.isTemplate ? SERVICE_PROPERTIES[name] : {}]);
    const members = Object.entries(shape.members).map(([name, member]) => {
      const schema = this.schemaOf(member, () => descriptions.within(name));
      return [name, { description: descriptions.textOf(name), ...schema }];
    });
    return {
      type: 'object',
      ...(shape.required.length === 0 ? {} : { required: shape.required }),
      additionalProperties: false,
      properties: Object.fromEntries([...ignored, ...members]) as unknown,
      ...(shape === TEST_CONNECTION_INPUT ? { allOf: COMBINATIONS.map((rule) => this.combination(rule)) } : {}),
    };
  }

  private combination({ connectionType, propertySets, orAuthentication }: Combination): Schema {
    const sets = [
      ...propertySets.map((names) => ({ type: 'object', required: names })),
      // Which properties a function of CloudFormation gives is not known.
      ...(this.isTemplate && propertySets.length > 0 ? [refer('intrinsic')] : []),
    ];
    return {
      if: { required: ['ConnectionType'], properties: { ConnectionType: { const: connectionType } } },
      then: {
        anyOf: [
          ...sets.map((set) => ({ properties: { ConnectionProperties: set } })),
          ...(orAuthentication ? [{ required: ['AuthenticationConfiguration'] }] : []),
        ],
      },
    };
  }

  /** One of the alternatives; in a template also what CloudFormation puts in the place of them. */
  private orLater(definition: keyof typeof TEMPLATE_DEFINITIONS, ...alternatives: Schema[]): Schema {
    const [only = {}, ...others] = [...alternatives, ...(this.isTemplate ? [refer(definition)] : [])];
    return others.length === 0 ? only : { anyOf: [only, ...others] };
  }
}
