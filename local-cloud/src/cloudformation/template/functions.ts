import { ValidationError } from '../errors';
import { asIntrinsic, isRecord, listOf, splitAttribute, SUB_VARIABLE } from './intrinsic';
import { asText, malformed } from './malformed';

/** Where names get their values from. */
export interface Scope {
  /** Undefined for `AWS::NoValue`. */
  ref(name: string): unknown;
  getAtt(logicalId: string, attribute: string): unknown;
  findInMap(map: string, topLevelKey: string, secondLevelKey: string): unknown;
  importValue(exportName: string): string;
  stackOutput(stackName: string, outputName: string): string;
  availabilityZones(region: string): readonly string[];
}

type IntrinsicFunction = (argument: unknown, scope: Scope) => unknown;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
const FUNCTIONS: Readonly<Record<string, IntrinsicFunction | undefined>> = {
  Ref: (name, scope) => (typeof name === 'string' ? scope.ref(name) : malformed('Ref')),

  'Fn::GetAtt': (argument, scope) => {
    const [logicalId, attribute] = typeof argument === 'string' ? splitAttribute(argument) : asList(argument, scope);
    if (typeof logicalId !== 'string' || typeof attribute !== 'string') {
      return malformed('Fn::GetAtt');
    }
    return scope.getAtt(logicalId, attribute);
  },

  'Fn::Sub': (argument, scope) => {
    const [text, variables = {}] = listOf(argument);
    if (typeof text !== 'string' || !isRecord(variables)) {
      return malformed('Fn::Sub');
    }
    return text.replace(SUB_VARIABLE, (_match, literal: string, name: string) => {
      if (literal) {
        return `\${${name}}`;
      }
      if (name in variables) {
        return asText(evaluate(variables[name], scope), 'Fn::Sub');
      }
      const [logicalId, attribute] = splitAttribute(name);
      return asText(attribute === undefined ? scope.ref(name) : scope.getAtt(logicalId, attribute), 'Fn::Sub');
    });
  },

  'Fn::Join': (argument, scope) => {
    const [delimiter, parts, ...rest] = asList(argument, scope);
    if (typeof delimiter !== 'string' || !Array.isArray(parts) || rest.length > 0) {
      return malformed('Fn::Join');
    }
    return parts.map((part) => asText(part, 'Fn::Join')).join(delimiter);
  },

  'Fn::Split': (argument, scope) => {
    const [delimiter, text, ...rest] = asList(argument, scope);
    if (typeof delimiter !== 'string' || typeof text !== 'string' || rest.length > 0) {
      return malformed('Fn::Split');
    }
    return text.split(delimiter);
  },

  'Fn::Select': (argument, scope) => {
    const [index, list, ...rest] = asList(argument, scope);
    if (!/^\d+$/.test(String(index)) || !Array.isArray(list) || rest.length > 0) {
      return malformed('Fn::Select');
    }
    const selected: unknown = list[Number(index)];
    if (selected === undefined) {
      throw new ValidationError(`Template error: Fn::Select cannot select nonexistent value at index ${Number(index)}`);
    }
    return selected;
  },

  'Fn::FindInMap': (argument, scope) => {
    const [map, topLevelKey, secondLevelKey, ...rest] = asList(argument, scope);
    if (rest.length > 0) {
      return malformed('Fn::FindInMap');
    }
    return scope.findInMap(
      asText(map, 'Fn::FindInMap'),
      asText(topLevelKey, 'Fn::FindInMap'),
      asText(secondLevelKey, 'Fn::FindInMap'),
    );
  },

  'Fn::Base64': (argument, scope) => Buffer.from(asText(evaluate(argument, scope), 'Fn::Base64')).toString('base64'),

  'Fn::ImportValue': (argument, scope) => scope.importValue(asText(evaluate(argument, scope), 'Fn::ImportValue')),

  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html */
  'Fn::GetStackOutput': (argument, scope) => {
    const { StackName, OutputName, Region, RoleArn } = evaluate(argument, scope) as Readonly<Record<string, unknown>>;
    if (typeof StackName !== 'string' || typeof OutputName !== 'string') {
      return malformed('Fn::GetStackOutput');
    }
    if (RoleArn !== undefined || (Region !== undefined && Region !== scope.ref('AWS::Region'))) {
      throw new ValidationError('Fn::GetStackOutput of another account or Region is not modelled');
    }
    return scope.stackOutput(StackName, OutputName);
  },

  'Fn::GetAZs': (argument, scope) => {
    const region = asText(evaluate(argument, scope), 'Fn::GetAZs');
    return scope.availabilityZones(region || asText(scope.ref('AWS::Region'), 'Fn::GetAZs'));
  },
};

export const VALUE_FUNCTIONS: readonly string[] = Object.keys(FUNCTIONS);

/** The value with all functions in it replaced by their results. `Fn::If` has to be expanded before. */
export function evaluate(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return asList(value, scope);
  }
  const intrinsic = asIntrinsic(value);
  if (intrinsic) {
    const call = FUNCTIONS[intrinsic.name];
    if (!call) {
      throw new ValidationError(`Template error: ${intrinsic.name} cannot be used here`);
    }
    return call(intrinsic.argument, scope);
  }
  if (!isRecord(value)) {
    return value;
  }
  const members = Object.entries(value).map(([key, member]) => [key, evaluate(member, scope)] as const);
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}

function asList(argument: unknown, scope: Scope): unknown[] {
  if (Array.isArray(argument)) {
    return argument.map((item) => evaluate(item, scope)).filter((item) => item !== undefined);
  }
  const list = evaluate(argument, scope);
  return Array.isArray(list) ? list : [];
}
