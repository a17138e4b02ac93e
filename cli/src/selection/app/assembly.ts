import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { UsageError } from '../../arguments/usage-error';
import { isObject } from './values';

/** A stack of a synthesized app. */
export interface AppStack {
  readonly stackName: string;
  /** Undefined if the stack is for any account. */
  readonly account?: string;
  /** Undefined if the stack is for any Region. */
  readonly region?: string;
  /** The folder of the template, where its nested stacks have theirs. */
  readonly folder: string;
  readonly template: Template;
}

export interface Template {
  readonly Parameters?: Readonly<Record<string, Parameter>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly Resources?: Readonly<Record<string, Resource>>;
}

interface Parameter {
  readonly Type?: string;
  readonly Default?: unknown;
  readonly NoEcho?: unknown;
}

interface Resource {
  readonly Type?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

interface Artifact {
  readonly type?: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder',
  EACCES: "can't be read: permission denied",
};

/**
 * Reads the stacks of a synthesized app, also those of its stages.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/cloud-assembly-schema-readme.html
 * @throws UsageError
 */
export function stacksOf(folder: string): AppStack[] {
  if (!existsSync(path.join(folder, 'manifest.json'))) {
    throw new UsageError(
      `'${folder}' is not a synthesized app, because it has no manifest.json; run 'cdk synth' first`,
    );
  }
  const manifest = readJson(folder, 'manifest.json');
  if (!isObject(manifest) || !holdsObjects(manifest.artifacts)) {
    throw new UsageError(`'${path.join(folder, 'manifest.json')}' is not a manifest of the CDK; run 'cdk synth' again`);
  }
  const { artifacts = {} } = manifest as { artifacts?: Record<string, Artifact> };
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    const { type, properties = {} } = artifact;
    if (type === 'cdk:cloud-assembly') {
      return stacksOf(path.join(folder, String(properties.directoryName)));
    }
    return type === 'aws:cloudformation:stack' ? [stackOf(folder, id, artifact)] : [];
  });
}

function stackOf(folder: string, id: string, { environment = '', properties = {} }: Artifact): AppStack {
  const [, account = '', region = ''] = /^aws:\/\/([^/]+)\/(.+)$/.exec(environment) ?? [];
  const { stackName, templateFile } = properties;
  return {
    stackName: typeof stackName === 'string' ? stackName : id,
    account: known(account),
    region: known(region),
    folder,
    template: readTemplate(folder, String(templateFile)),
  };
}

/** @throws UsageError */
export function readTemplate(folder: string, file: string): Template {
  const template = readJson(folder, file);
  const { Parameters, Mappings, Resources } = isObject(template) ? template : { Resources: template };
  const parts = isObject(Resources) ? Object.values(Resources) : [];
  const isTemplate =
    [Parameters, Mappings, Resources].every(holdsObjects) &&
    parts.every((resource) => holdsPartsOf(resource as Readonly<Record<string, unknown>>));
  if (!isTemplate) {
    throw new UsageError(`'${path.join(folder, file)}' is not a CloudFormation template; run 'cdk synth' again`);
  }
  return template as Template;
}

function readJson(folder: string, file: string): unknown {
  const name = path.join(folder, file);
  try {
    return JSON.parse(readFileSync(name, 'utf8'));
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new UsageError(`'${name}' ${PROBLEMS[code] ?? "can't be read as JSON"}; run 'cdk synth' again`);
  }
}

/** Whether there is nothing, or an object that holds nothing but objects. */
function holdsObjects(value: unknown): boolean {
  return value === undefined || (isObject(value) && Object.values(value).every(isObject));
}

function holdsPartsOf({ Properties, Metadata }: Readonly<Record<string, unknown>>): boolean {
  return [Properties, Metadata].every((part) => part === undefined || isObject(part));
}

function known(part: string): string | undefined {
  return part === '' || part.startsWith('unknown-') ? undefined : part;
}
