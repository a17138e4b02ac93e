import { readFileSync } from 'node:fs';
import { inFolder } from '../folder';
import { connectionsApp, type Tester } from './connections';
import { othersApp } from './others';

/** What a synthesis took, and what came of it. */
export interface Synthesis {
  readonly cpuMs: number;
  readonly bytes: number;
  readonly resources: number;
  /** Of the policies that stand in roles, of which IAM takes so many characters for each role. */
  readonly inlineCharacters: number;
}

interface Template {
  readonly Resources: Readonly<Record<string, { Type: string; Properties: { PolicyDocument?: unknown } }>>;
}

/** What an app consists of: connections that have names or have none, or one connection beside so many other resources. */
export type Kind = 'named' | 'unnamed' | 'others';

/** Builds and synthesizes an app. */
function synthesize(tester: Tester, kind: Kind, count: number): Promise<Synthesis> {
  return inFolder((outdir) => {
    const before = process.cpuUsage();
    const app =
      kind === 'others'
        ? othersApp({ isTested: tester === 'this', count, outdir })
        : connectionsApp({ tester, count, named: kind === 'named', outdir });
    const { templateFullPath } = app.synth().getStackByName('Connections');
    const { user, system } = process.cpuUsage(before);
    const text = readFileSync(templateFullPath, 'utf8');
    const resources = Object.values((JSON.parse(text) as Template).Resources);
    const policies = resources.filter(({ Type }) => Type === 'AWS::IAM::Policy');
    return {
      cpuMs: (user + system) / 1000,
      bytes: Buffer.byteLength(text),
      resources: resources.length,
      inlineCharacters: policies.map(({ Properties }) => deployedLength(Properties.PolicyDocument)).reduce(sum, 0),
    };
  });
}

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::AccountId': '111122223333',
  'AWS::Partition': 'aws',
  'AWS::Region': 'us-east-1',
};

/** Of a policy's text, once its references are what they refer to; others than these are shorter here. */
function deployedLength(document: unknown): number {
  return JSON.stringify(document, (_, value: { Ref?: string; 'Fn::Join'?: [string, unknown[]] } | undefined) => {
    const parts = value?.['Fn::Join']?.[1].map((part) =>
      typeof part === 'string' ? part : (PSEUDO_PARAMETERS[(part as { Ref?: string }).Ref ?? ''] ?? ''),
    );
    return parts?.join('') ?? value;
  }).length;
}

function sum(total: number, one: number): number {
  return total + one;
}

async function main(): Promise<void> {
  const [tester, kind, count] = process.argv.slice(2) as [Tester, Kind, string];
  // The first one loads what the CDK loads on demand.
  await synthesize(tester, kind, 1);
  process.stdout.write(JSON.stringify(await synthesize(tester, kind, Number(count))));
}

void main();
