import type { App, cx_api as cxapi } from 'aws-cdk-lib';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';

interface TemplateResource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DependsOn?: string | string[];
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

interface Template {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
}

export interface DeployedResource extends TemplateResource {
  /** `STACK/LOGICAL_ID`; in a nested stack with the nested stack's logical id between. */
  readonly id: string;
}

/** Whether the CDK takes an app, and nothing in it waits for itself. */
export function isDeployable(build: () => App): boolean {
  try {
    return new DeploymentOrder(build().synth()).cycle() === undefined;
  } catch {
    return false;
  }
}

/**
 * What CloudFormation would wait for, read from templates alone. Of a stack and of a nested stack, `ID<` is where it
 * begins and `ID>` where it has ended.
 */
export class DeploymentOrder {
  readonly resources: DeployedResource[] = [];
  readonly templates: Record<string, Template> = {};
  private readonly edges = new Map<string, Set<string>>();

  constructor(assembly: cxapi.CloudAssembly) {
    for (const stack of assembly.stacks) {
      for (const dependency of stack.dependencies) {
        this.add(`${stack.id}<`, `${dependency.id}>`);
      }
      this.addTemplate(stack.id, assembly.directory, stack.templateFile);
    }
  }

  /** Whether one, directly or not, waits for the other. */
  waits(id: string, other: string): boolean {
    const all = new Set<string>();
    const left = [id, `${id}<`];
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      for (const awaited of this.edges.get(next) ?? []) {
        if (!all.has(awaited)) {
          all.add(awaited);
          left.push(awaited);
        }
      }
    }
    return all.has(other);
  }

  /** One that waits for itself, if there is any. */
  cycle(): string | undefined {
    return [...this.edges.keys()].find((id) => this.waits(id.replace(/<$/, ''), id));
  }

  private addTemplate(prefix: string, directory: string, fileName: string): void {
    this.add(`${prefix}>`, `${prefix}<`);
    const template = JSON.parse(readFileSync(path.join(directory, fileName), 'utf8')) as Template;
    this.templates[prefix] = template;
    const { Resources = {} } = template;
    const isNested = (logicalId: string) => Resources[logicalId]?.Type === 'AWS::CloudFormation::Stack';
    for (const [logicalId, resource] of Object.entries(Resources)) {
      const id = `${prefix}/${logicalId}`;
      this.resources.push({ ...resource, id });
      const [begins, ends] = isNested(logicalId) ? [`${id}<`, `${id}>`] : [id, id];
      this.add(begins, `${prefix}<`);
      this.add(`${prefix}>`, ends);
      for (const awaited of referencesIn(resource).filter((one) => one in Resources)) {
        this.add(begins, `${prefix}/${awaited}${isNested(awaited) ? '>' : ''}`);
      }
      if (isNested(logicalId)) {
        this.addTemplate(id, directory, resource.Metadata?.['aws:asset:path'] as string);
      }
    }
  }

  private add(id: string, awaited: string): void {
    this.edges.set(id, (this.edges.get(id) ?? new Set()).add(awaited));
  }
}

function referencesIn({ DependsOn = [], Properties, Metadata }: TemplateResource): string[] {
  const text = JSON.stringify([Properties, Metadata]);
  const references = Array.from(text.matchAll(/"Ref":"(\w+)"|"Fn::GetAtt":\["(\w+)"|\$\{(\w+)[.}]/g), (match) =>
    match.slice(1).join(''),
  );
  return [...[DependsOn].flat(), ...references.filter((id) => id !== '')];
}
