import { readFileSync } from 'node:fs';
import * as path from 'node:path';

interface AssemblyManifest {
  readonly artifacts?: Readonly<Record<string, Artifact>>;
}

interface Artifact {
  readonly type: string;
  readonly properties?: {
    readonly directoryName?: string;
    readonly stackName?: string;
    readonly templateFile?: string;
  };
}

/** A stack of a synthesized app. */
export interface AssemblyStack {
  readonly stackName: string;
  /** Of the assembly that the stack is in: the app's, or that of a stage. */
  readonly assemblyDirectory: string;
  readonly template: unknown;
}

/** @throws Error when the assembly and those of the stages in it have no stack of this name, or more than one */
export function stackOf(assemblyDirectory: string, stackName: string): AssemblyStack {
  const stacks = stacksIn(assemblyDirectory);
  const [stack, another] = stacks.filter((candidate) => candidate.stackName === stackName);
  if (!stack) {
    const names = stacks.map((candidate) => candidate.stackName).join(', ');
    throw new Error(`no stack '${stackName}' in ${assemblyDirectory}, which has: ${names || 'none'}`);
  }
  if (another) {
    throw new Error(
      `several stacks '${stackName}' in ${assemblyDirectory}; give one of ${stack.assemblyDirectory}, ${another.assemblyDirectory}`,
    );
  }
  const { templateFile } = stack;
  const template = JSON.parse(readFileSync(path.join(stack.assemblyDirectory, templateFile), 'utf8')) as unknown;
  return { stackName, assemblyDirectory: stack.assemblyDirectory, template };
}

/** @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.cloud_assembly_schema.AwsCloudFormationStackProperties.html */
function stacksIn(assemblyDirectory: string): { stackName: string; assemblyDirectory: string; templateFile: string }[] {
  const content = readFileSync(path.join(assemblyDirectory, 'manifest.json'), 'utf8');
  const { artifacts = {} } = JSON.parse(content) as AssemblyManifest;
  return Object.entries(artifacts).flatMap(([artifactId, { type, properties = {} }]) => {
    const { directoryName, stackName = artifactId, templateFile } = properties;
    if (type === 'cdk:cloud-assembly' && directoryName !== undefined) {
      return stacksIn(path.join(assemblyDirectory, directoryName));
    }
    return type === 'aws:cloudformation:stack' && templateFile !== undefined
      ? [{ stackName, assemblyDirectory, templateFile }]
      : [];
  });
}
