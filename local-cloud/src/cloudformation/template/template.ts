import { ValidationError } from '../errors';
import type { Properties } from '../resource-handler';
import { isRecord } from './intrinsic';

export type DeletionPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot';

export interface ParameterDeclaration {
  readonly Type: string;
  readonly Default?: string | number;
  readonly NoEcho?: boolean | string;
  readonly AllowedValues?: readonly (string | number)[];
  readonly AllowedPattern?: string;
  readonly MinLength?: number | string;
  readonly MaxLength?: number | string;
  readonly MinValue?: number | string;
  readonly MaxValue?: number | string;
  readonly ConstraintDescription?: string;
}

export interface RuleDeclaration {
  readonly RuleCondition?: unknown;
  readonly Assertions: readonly { readonly Assert: unknown; readonly AssertDescription?: string }[];
}

export interface ResourceDeclaration {
  readonly Type: string;
  readonly Properties?: Properties;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  readonly DeletionPolicy?: DeletionPolicy;
  readonly UpdateReplacePolicy?: DeletionPolicy;
  readonly Metadata?: unknown;
}

export interface OutputDeclaration {
  readonly Value: unknown;
  readonly Description?: string;
  readonly Condition?: string;
  readonly Export?: { readonly Name: unknown };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
export interface Template {
  readonly Description?: string;
  readonly Parameters?: Readonly<Record<string, ParameterDeclaration>>;
  readonly Rules?: Readonly<Record<string, RuleDeclaration>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, ResourceDeclaration>>;
  readonly Outputs?: Readonly<Record<string, OutputDeclaration>>;
}

const MAP_SECTIONS = ['Parameters', 'Rules', 'Mappings', 'Conditions', 'Resources', 'Outputs'];
const SECTIONS = ['AWSTemplateFormatVersion', 'Description', 'Metadata', ...MAP_SECTIONS];
/** Of these, `UpdatePolicy` and `CreationPolicy` are accepted and have no effect. */
const RESOURCE_ATTRIBUTES = [
  'Type',
  'Properties',
  'DependsOn',
  'Condition',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'UpdatePolicy',
  'CreationPolicy',
  'Metadata',
  'Description',
];
/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAX_RESOURCES = 500;
const DELETION_POLICIES: unknown[] = ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot', undefined];
const UPDATE_REPLACE_POLICIES: unknown[] = ['Delete', 'Retain', 'Snapshot', undefined];

/** Checks the form of a template, section by section. Macros (`Transform`) are refused like an unknown section. */
export function parseTemplate(source: unknown): Template {
  if (!isRecord(source)) {
    throw new ValidationError('Template format error: unsupported structure.');
  }
  assertNames(Object.keys(source), SECTIONS, 'Invalid template property or properties');
  for (const section of MAP_SECTIONS) {
    assertMap(source[section], section);
  }

  const resources = source.Resources;
  if (!isRecord(resources) || Object.keys(resources).length === 0) {
    throw new ValidationError('Template format error: At least one Resources member must be defined.');
  }
  const count = Object.keys(resources).length;
  if (count > MAX_RESOURCES) {
    throw new ValidationError(
      `Template format error: Number of resources, ${count}, is greater than maximum allowed, ${MAX_RESOURCES}`,
    );
  }
  for (const [logicalId, resource] of Object.entries(resources)) {
    assertResource(logicalId, resource);
  }
  assertNoNull(resources, '/Resources');
  return source as unknown as Template;
}

function assertMap(section: unknown, name: string): void {
  if (section === undefined) {
    return;
  }
  if (!isRecord(section)) {
    throw new ValidationError(`Template format error: ${name} must be a map.`);
  }
}

function assertResource(logicalId: string, resource: unknown): void {
  const at = `/Resources/${logicalId}`;
  if (!/^[A-Za-z0-9]{1,255}$/.test(logicalId)) {
    throw new ValidationError(`Template format error: Resource name ${logicalId} is non alphanumeric.`);
  }
  if (!isRecord(resource) || typeof resource.Type !== 'string') {
    throw new ValidationError(`Template format error: [${at}] Every Resources object must contain a Type member.`);
  }
  assertNames(Object.keys(resource), RESOURCE_ATTRIBUTES, `Template format error: [${at}] Invalid resource attribute`);
  assertMap(resource.Properties, `${at}/Properties`);
  if (!DELETION_POLICIES.includes(resource.DeletionPolicy)) {
    throw new ValidationError(`Template error: [${at}] DeletionPolicy has an unrecognized value.`);
  }
  if (!UPDATE_REPLACE_POLICIES.includes(resource.UpdateReplacePolicy)) {
    throw new ValidationError(`Template error: [${at}] UpdateReplacePolicy has an unrecognized value.`);
  }
}

function assertNames(names: readonly string[], allowed: readonly string[], message: string): void {
  const unknown = names.filter((name) => !allowed.includes(name));
  if (unknown.length > 0) {
    throw new ValidationError(`${message} [${unknown.join(', ')}]`);
  }
}

function assertNoNull(value: unknown, path: string): void {
  if (value === null) {
    throw new ValidationError(`[${path}] 'null' values are not allowed in templates`);
  }
  if (typeof value !== 'object') {
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    assertNoNull(member, `${path}/${key}`);
  }
}
