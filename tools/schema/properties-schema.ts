import { COMBINATIONS, type Combination } from '../../lambda/properties/combinations';
import { CONNECTION_TEST, SECRET_REFERENCE, TEST_CONNECTION_INPUT } from '../../lambda/properties/model';
import { TARGETS } from '../../lambda/properties/properties';
import {
  isText,
  type Integer,
  type ListOf,
  type MapOf,
  type Shape,
  type Structure,
  type Text,
} from '../../lambda/properties/shape';
import { CONNECTION_SWEEP } from '../../lambda/sweep-resource/model';
import { Descriptions } from './descriptions';
import { integerPattern } from './integer-pattern';
import { refer, SERVICE_PROPERTIES, TEMPLATE_DEFINITIONS, type Schema } from './template-syntax';

/** A custom resource of this package. */
interface Resource {
  readonly type: string;
  readonly description: string;
  readonly shape: Structure;
  readonly documented: { readonly type: string; readonly file?: string };
  /** Properties of which a resource has exactly one. */
  readonly oneOf?: readonly string[];
  readonly takesSecrets: boolean;
  /** What CloudFormation's own properties mean for this resource, where it isn't the same as for a test. */
  readonly ofService?: Readonly<Record<string, string>>;
}

const TEST: Resource = {
  type: 'Custom::GlueConnectionTest',
  description: 'Tests an AWS Glue connection while the stack deploys.',
  shape: CONNECTION_TEST,
  documented: { type: 'ConnectionTestProperties' },
  oneOf: TARGETS,
  takesSecrets: true,
};

const SWEEP: Resource = {
  type: 'Custom::GlueConnectionSweep',
  description: 'Tests the AWS Glue connections of an account while the stack deploys.',
  shape: CONNECTION_SWEEP,
  documented: { type: 'ConnectionSweepProperties', file: 'sweep-resource/contract.ts' },
  takesSecrets: false,
  ofService: {
    ServiceToken: "The output ServiceToken of the sweep's stack: the function that answers CloudFormation.",
    ServiceTimeout:
      'Seconds that CloudFormation waits for the answer, 1 to 3600; without it, 3600. A sweep is stopped shortly before.',
  },
};

/**
 * The properties of a custom resource as a JSON Schema, made from the model by which the handler checks them and from what
 * its contract says about them.
 */
export class PropertiesSchema {
  /** As they are written in a template, where CloudFormation's functions may stand for values. */
  static inTemplate(): Schema {
    return new PropertiesSchema(TEST, true).make();
  }

  /** As the function receives them: all values are known, and each scalar is a string. */
  static asReceived(): Schema {
    return new PropertiesSchema(TEST, false).make();
  }

  /** Those of a sweep, as they are written in a template. */
  static ofSweepInTemplate(): Schema {
    return new PropertiesSchema(SWEEP, true).make();
  }

  private constructor(
    private readonly resource: Resource,
    private readonly isTemplate: boolean,
  ) {}

  private make(): Schema {
    const { type, description, shape, documented, oneOf, takesSecrets } = this.resource;
    const schema = this.structure(shape, Descriptions.of(documented.type, documented.file));
    return {
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: type,
      description,
      ...schema,
      ...(this.isTemplate ? { required: ['ServiceToken', ...shape.required] } : {}),
      ...(oneOf === undefined ? {} : { oneOf: oneOf.map((name) => ({ required: [name] })) }),
      definitions: {
        ...(takesSecrets ? { secretReference: this.secretReference() } : {}),
        ...(this.isTemplate ? TEMPLATE_DEFINITIONS : {}),
      },
    };
  }

  private secretReference(): Schema {
    const described = Descriptions.of('SecretValueReference');
    return { description: described.summary, ...this.structure(SECRET_REFERENCE, described) };
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
      case 'list':
        return this.orLater('intrinsic', this.list(shape));
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

  private list({ item, maxItems }: ListOf): Schema {
    return { type: 'array', maxItems, items: this.text(item) };
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
    const ignored = shape.ignored.map((name) => [name, this.isTemplate ? this.serviceProperty(name) : {}]);
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

  private serviceProperty(name: string): Schema {
    const description = this.resource.ofService?.[name];
    return { ...SERVICE_PROPERTIES[name], ...(description === undefined ? {} : { description }) };
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
