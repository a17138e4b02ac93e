import { ValidationError } from '../errors';
import type { ParameterDeclaration, Template } from './template';

export interface ParameterValue {
  readonly key: string;
  /** As given, or the default. For an SSM parameter type: the name of the SSM parameter. */
  readonly value: string;
  /** What the SSM parameter held when the operation began. */
  readonly resolvedValue?: string;
  readonly noEcho: boolean;
  /** What `Ref` returns. */
  readonly ref: string | readonly string[];
}

export interface ParameterSources {
  readonly given: Readonly<Record<string, string>>;
  /** Parameters that keep the value of the stack's last operation. */
  readonly keep: readonly string[];
  readonly previous: Readonly<Record<string, string>>;
  readonly ssmParameter: (name: string) => string | undefined;
}

export type ParameterValues = ReadonlyMap<string, ParameterValue>;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html */
export function resolveParameters(template: Template, sources: ParameterSources): ParameterValues {
  const declarations = Object.entries(template.Parameters ?? {});
  const undeclared = [...Object.keys(sources.given), ...sources.keep].filter((key) => !template.Parameters?.[key]);
  if (undeclared.length > 0) {
    throw new ValidationError(`Parameters: [${undeclared.join(', ')}] do not exist in the template`);
  }

  const values = declarations.map(([key, declaration]) => ({ key, value: rawValue(key, declaration, sources) }));
  const missing = values.filter(({ value }) => value === undefined).map(({ key }) => key);
  if (missing.length > 0) {
    throw new ValidationError(`Parameters: [${missing.join(', ')}] must have values`);
  }

  return new Map(declarations.map(([key, declaration]) => [key, parameterValue(key, declaration, sources)]));
}

function rawValue(key: string, declaration: ParameterDeclaration, sources: ParameterSources): string | undefined {
  const value = sources.keep.includes(key) ? sources.previous[key] : (sources.given[key] ?? declaration.Default);
  return value === undefined ? undefined : String(value);
}

function parameterValue(key: string, declaration: ParameterDeclaration, sources: ParameterSources): ParameterValue {
  const value = rawValue(key, declaration, sources) ?? '';
  const ssmType = /^AWS::SSM::Parameter::Value<(.+)>$/.exec(declaration.Type)?.[1];
  const noEcho = String(declaration.NoEcho) === 'true';

  if (ssmType === undefined) {
    const ref = typed(value, declaration.Type);
    for (const item of [ref].flat()) {
      assertConstraints(key, declaration, item);
    }
    return { key, value, noEcho, ref };
  }

  const resolvedValue = sources.ssmParameter(value);
  if (resolvedValue === undefined) {
    throw new ValidationError(`Unable to fetch parameters [${value}] from parameter store for this account.`);
  }
  return { key, value, resolvedValue, noEcho, ref: typed(resolvedValue, ssmType) };
}

function typed(value: string, type: string): string | string[] {
  const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
  return isList ? value.split(',').map((item) => item.trim()) : value;
}

function assertConstraints(key: string, declaration: ParameterDeclaration, value: string): void {
  const violation = violatedConstraint(declaration, value);
  if (violation === undefined) {
    return;
  }
  throw new ValidationError(
    declaration.ConstraintDescription === undefined
      ? `Parameter '${key}' must ${violation}`
      : `Parameter ${key} failed to satisfy constraint: ${declaration.ConstraintDescription}`,
  );
}

function violatedConstraint(declaration: ParameterDeclaration, value: string): string | undefined {
  const { AllowedValues, AllowedPattern, MinLength, MaxLength, MinValue, MaxValue } = declaration;
  if (AllowedValues && !AllowedValues.map(String).includes(value)) {
    return 'be one of AllowedValues';
  }
  if (/^(List<)?Number>?$/.test(declaration.Type)) {
    if (value.trim() === '' || Number.isNaN(Number(value))) {
      return 'be a number.';
    }
    if (MinValue !== undefined && Number(value) < Number(MinValue)) {
      return `be a number not less than ${MinValue}`;
    }
    if (MaxValue !== undefined && Number(value) > Number(MaxValue)) {
      return `be a number not greater than ${MaxValue}`;
    }
    return undefined;
  }
  if (AllowedPattern !== undefined && !new RegExp(`^(?:${AllowedPattern})$`).test(value)) {
    return `match pattern ${AllowedPattern}`;
  }
  if (MinLength !== undefined && value.length < Number(MinLength)) {
    return `contain at least ${MinLength} characters`;
  }
  if (MaxLength !== undefined && value.length > Number(MaxLength)) {
    return `contain at most ${MaxLength} characters`;
  }
  return undefined;
}
