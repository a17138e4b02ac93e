import { ValidationError } from '../errors';
import type { Scope } from './functions';
import type { ParameterValues } from './parameters';
import type { Template } from './template';

/** The stack's identity and the place it runs in. */
export interface Environment {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  readonly stackId: string;
  readonly stackName: string;
}

const URL_SUFFIXES: Readonly<Record<string, string>> = { 'aws-cn': 'amazonaws.com.cn' };

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html */
function pseudoParameters(environment: Environment): Readonly<Record<string, unknown>> {
  return {
    'AWS::AccountId': environment.accountId,
    'AWS::NotificationARNs': [],
    'AWS::NoValue': undefined,
    'AWS::Partition': environment.partition,
    'AWS::Region': environment.region,
    'AWS::StackId': environment.stackId,
    'AWS::StackName': environment.stackName,
    'AWS::URLSuffix': URL_SUFFIXES[environment.partition] ?? 'amazonaws.com',
  };
}

/** What a template can refer to before it has any resource: conditions and rules see this and nothing else. */
export class TemplateScope implements Scope {
  private readonly pseudoParameters: Readonly<Record<string, unknown>>;

  constructor(
    private readonly template: Template,
    private readonly parameters: ParameterValues,
    environment: Environment,
  ) {
    this.pseudoParameters = pseudoParameters(environment);
  }

  has(name: string): boolean {
    return Object.hasOwn(this.pseudoParameters, name) || this.parameters.has(name);
  }

  ref(name: string): unknown {
    if (Object.hasOwn(this.pseudoParameters, name)) {
      return this.pseudoParameters[name];
    }
    const parameter = this.parameters.get(name);
    if (parameter) {
      return parameter.ref;
    }
    throw new ValidationError(
      `Template format error: Unresolved dependencies [${name}]. Cannot reference resources here`,
    );
  }

  getAtt(logicalId: string, attribute: string): unknown {
    throw new ValidationError(
      `Template error: ${logicalId}.${attribute} cannot be referenced in a condition or a rule`,
    );
  }

  importValue(exportName: string): string {
    throw new ValidationError(`Template error: export ${exportName} cannot be imported in a condition or a rule`);
  }

  stackOutput(stackName: string, outputName: string): string {
    throw new ValidationError(
      `Template error: output ${outputName} of ${stackName} cannot be read in a condition or a rule`,
    );
  }

  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html */
  findInMap(map: string, topLevelKey: string, secondLevelKey: string): unknown {
    const mapping = this.template.Mappings?.[map];
    if (!mapping) {
      throw new ValidationError(
        `Template error: Mapping named '${map}' is not present in the 'Mappings' section of template.`,
      );
    }
    const value = mapping[topLevelKey]?.[secondLevelKey];
    if (value !== undefined) {
      return value;
    }
    throw new ValidationError(`Template error: Unable to get mapping for ${map}::${topLevelKey}::${secondLevelKey}`);
  }

  /**
   * Three zones, as in most Regions.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getavailabilityzones.html
   */
  availabilityZones(region: string): readonly string[] {
    return ['a', 'b', 'c'].map((zone) => region + zone);
  }
}
