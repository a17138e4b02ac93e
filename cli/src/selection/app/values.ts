import type { Template } from './assembly';
import { isObject } from './shape';

/** What a template's references to what is not in it stand for. */
export interface Scope {
  readonly template: Template;
  /** Values of parameters, in the place of their defaults. */
  readonly given: Readonly<Record<string, string | undefined>>;
  /** Values such as that of `AWS::Region`. */
  readonly pseudo: Readonly<Record<string, string | undefined>>;
}

/** Returns the text that a value of a template comes to, or undefined if that is only known at deployment. */
export function resolveText(value: unknown, scope: Scope): string | undefined {
  if (typeof value === 'string' || typeof value === 'number') {
    return String(value);
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const [[name, argument] = [], ...others] = Object.entries(value) as [string, unknown][];
  const resolver = name !== undefined && others.length === 0 ? FUNCTIONS[name] : undefined;
  return resolver?.(argument, scope);
}

const FUNCTIONS: Readonly<Record<string, ((argument: unknown, scope: Scope) => string | undefined) | undefined>> = {
  Ref: (name, scope) => (typeof name === 'string' ? valueOf(name, scope) : undefined),
  'Fn::Sub': (argument, scope) => {
    const [text, values] = (Array.isArray(argument) ? argument : [argument]) as [unknown, unknown?];
    return typeof text === 'string' ? substitute(text, isObject(values) ? values : {}, scope) : undefined;
  },
  'Fn::Join': (argument, scope) => {
    const [delimiter, list] = Array.isArray(argument) ? (argument as unknown[]) : [];
    if (typeof delimiter !== 'string' || !Array.isArray(list)) {
      return undefined;
    }
    const parts = list.map((part) => resolveText(part, scope));
    return parts.includes(undefined) ? undefined : parts.join(delimiter);
  },
  'Fn::FindInMap': (argument, scope) => {
    const keys = Array.isArray(argument) ? argument.map((key) => resolveText(key, scope)) : [];
    const [map, top, second] = keys;
    if (keys.length !== 3 || map === undefined || top === undefined || second === undefined) {
      return undefined;
    }
    return resolveText(scope.template.Mappings?.[map]?.[top]?.[second], scope);
  },
};

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-sub.html */
function substitute(text: string, values: Readonly<Record<string, unknown>>, scope: Scope): string | undefined {
  const unknown: string[] = [];
  const substituted = text.replace(/\$\{(!?)([^}]*)\}/g, (whole, escaped: string, name: string) => {
    if (escaped !== '') {
      return `\${${name}}`;
    }
    const value = Object.hasOwn(values, name) ? resolveText(values[name], scope) : valueOf(name, scope);
    if (value === undefined) {
      unknown.push(name);
    }
    return value ?? whole;
  });
  return unknown.length === 0 ? substituted : undefined;
}

/** The value of a parameter or a pseudo parameter. That of a secret or of Parameter Store is not in the template. */
function valueOf(name: string, { template, given, pseudo }: Scope): string | undefined {
  if (Object.hasOwn(pseudo, name)) {
    return pseudo[name];
  }
  const parameter = Object.hasOwn(template.Parameters ?? {}, name) ? template.Parameters?.[name] : undefined;
  if (parameter === undefined || (parameter.NoEcho ?? false) !== false || parameter.Type?.startsWith('AWS::SSM::')) {
    return undefined;
  }
  const value = Object.hasOwn(given, name) ? given[name] : parameter.Default;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
