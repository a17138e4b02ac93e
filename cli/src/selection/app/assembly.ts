import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { UsageError } from '../../arguments/usage-error';
import { holdsObjects, isObject, mayHaveMembers } from './shape';

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
  if (!isManifest(manifest)) {
    throw new UsageError(`'${path.join(folder, 'manifest.json')}' is not a manifest of the CDK; run 'cdk synth' again`);
  }
  const { artifacts = {} } = manifest;
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    const { type, properties = {} } = artifact;
    if (type === 'cdk:cloud-assembly') {
      return stacksOf(path.join(folder, String(properties.directoryName)));
    }
    return type === 'aws:cloudformation:stack' ? [stackOf(folder, id, artifact)] : [];
  });
}

function isManifest(value: unknown): value is { readonly artifacts?: Readonly<Record<string, Artifact>> } {
  if (!isObject(value) || !holdsObjects(value.artifacts)) {
    return false;
  }
  return Object.values((value.artifacts ?? {}) as Record<string, Artifact>).every(({ properties }) =>
    mayHaveMembers(properties),
  );
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

/** Whether what is read of a template has the form that CloudFormation takes. */
function isTemplate(value: unknown): value is Template {
  if (!isObject(value) || ![value.Parameters, value.Mappings, value.Resources].every(holdsObjects)) {
    return false;
  }
  const resources = Object.values((value as Template).Resources ?? {});
  return resources.every(({ Properties, Metadata }) => [Properties, Metadata].every(mayHaveMembers));
}

/** @throws UsageError */
export function readTemplate(folder: string, file: string): Template {
  const template = readJson(folder, file);
  if (!isTemplate(template)) {
    throw new UsageError(`'${path.join(folder, file)}' is not a CloudFormation template; run 'cdk synth' again`);
  }
  return template;
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

function known(part: string): string | undefined {
  return part === '' || part.startsWith('unknown-') ? undefined : part;
}
