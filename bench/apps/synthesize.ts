import { readFileSync } from 'node:fs';
import { inFolder } from '../folder';
import { connectionsApp, type Tester } from './connections';

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

/** Builds and synthesizes an app of so many connections. */
function synthesize(tester: Tester, count: number, named = true): Promise<Synthesis> {
  return inFolder((outdir) => {
    const before = process.cpuUsage();
    const { templateFullPath } = connectionsApp({ tester, count, named, outdir }).synth().getStackByName('Connections');
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
  const [tester, named, count] = process.argv.slice(2) as [Tester, string, string];
  // The first one loads what the CDK loads on demand.
  await synthesize(tester, 1);
  process.stdout.write(JSON.stringify(await synthesize(tester, Number(count), named === 'named')));
}

void main();
