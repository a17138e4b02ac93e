import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { App } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { buildTemplate, toText } from '../../../tools/template/build';
import { buildEstate, ESTATE } from '../../lib/apps/estate';
import { APP_PLAN, buildApp, type AppPlan } from '../../lib/apps/random-app';

const ROOT = path.resolve(__dirname, '../../..');

/** The apps of `test/lib/apps`, by file. Without an app: what others there use. */
export const LIBRARY_APPS: Readonly<Record<string, ((outdir: string) => App[]) | undefined>> = {
  'deployment-order.ts': undefined,
  'estate.ts': (outdir) => [buildEstate(ESTATE, { outdir })],
  'random-app.ts': (outdir) =>
    fc
      .sample(APP_PLAN, { numRuns: 30, seed: 1 })
      .filter(isPossible)
      .map((plan, index) => buildApp(plan, { applyTests: true, outdir: path.join(outdir, String(index)) })),
};

/** Apps that run as programs, as the `cdk` command runs them. */
const PROGRAMS = [
  'bin/app.ts',
  ...programsIn('test/cli/apps').filter((file) => !file.endsWith('data-store.ts')),
  ...programsIn('test/witnesses/ministack/apps'),
];

const CONTEXT = {
  jdbcUrl: 'jdbc:postgresql://db.example.com:5432/orders',
  password: 'example',
  release: '1',
};

/** Writes all templates that there are into a folder. @returns their files */
export async function writeTemplates(folder: string): Promise<string[]> {
  const provider = path.join(folder, 'provider.template.json');
  writeFileSync(provider, toText(buildTemplate()));
  for (const [file, apps] of Object.entries(LIBRARY_APPS)) {
    apps?.(path.join(folder, file)).forEach((app) => app.synth());
  }
  await Promise.all(PROGRAMS.map((file) => synthesize(file, path.join(folder, file))));
  // It imports the package by its name, which Jest alone knows here.
  process.env.CDK_OUTDIR = path.join(folder, 'example');
  await import('../../../examples/cdk/app');
  delete process.env.CDK_OUTDIR;
  return [...examples(), ...templatesIn(folder)];
}

/** Whether the CDK takes it at all: some have cycles of their own. */
function isPossible(plan: AppPlan): boolean {
  try {
    buildApp(plan, { applyTests: false }).synth();
    return true;
  } catch {
    return false;
  }
}

function programsIn(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder)).map((name) => `${folder}/${name}`);
}

function examples(): string[] {
  const folder = path.join(ROOT, 'examples');
  return readdirSync(folder)
    .filter((name) => /\.(yaml|json)$/.test(name))
    .map((name) => path.join(folder, name));
}

function templatesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.template.json'))
    .map((name) => path.join(folder, name))
    .filter(hasResources);
}

/** The CDK deploys no others. */
function hasResources(file: string): boolean {
  return 'Resources' in (JSON.parse(readFileSync(file, 'utf8')) as object);
}

async function synthesize(file: string, outdir: string): Promise<void> {
  await promisify(execFile)(process.execPath, ['--import', 'tsx', file], {
    cwd: ROOT,
    env: { ...process.env, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(CONTEXT) },
  });
}
