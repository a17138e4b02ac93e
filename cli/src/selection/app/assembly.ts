import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { UsageError } from '../../arguments/usage-error';

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
  const { artifacts = {} } = readJson(folder, 'manifest.json') as { artifacts?: Record<string, Artifact> };
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
  return readJson(folder, file) as Template;
}

function readJson(folder: string, file: string): unknown {
  const name = path.join(folder, file);
  try {
    return JSON.parse(readFileSync(name, 'utf8'));
  } catch {
    throw new UsageError(`'${name}' can't be read as JSON; run 'cdk synth' again`);
  }
}

function known(part: string): string | undefined {
  return part === '' || part.startsWith('unknown-') ? undefined : part;
}
