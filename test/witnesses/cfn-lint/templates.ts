import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { App } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { buildSweepTemplate, buildTemplate, toText } from '../../../tools/template/build';
import { buildConditional } from '../../lib/apps/conditional';
import { isDeployable } from '../../lib/apps/deployment-order';
import { buildEstate, ESTATE } from '../../lib/apps/estate';
import { buildMonitored } from '../../lib/apps/monitored';
import { HEALTHY_WORLDS, HealthyWorld } from '../../lib/apps/network-worlds';
import { buildNetworks, NETWORKS } from '../../lib/apps/networks';
import { buildPlaces, CATALOG_IDS, HERE } from '../../lib/apps/places';
import { APP_PLAN, buildApp } from '../../lib/apps/random-app';
import { buildStores, STORES } from '../../lib/apps/stores';

const ROOT = path.resolve(__dirname, '../../..');

/** The apps of `test/lib/apps`, by file; those without an app are used by others there. */
export const LIBRARY_APPS: Readonly<Record<string, (() => readonly App[]) | undefined>> = {
  'conditional.ts': () => [buildConditional()],
  'deployment-order.ts': undefined,
  'estate.ts': () => [buildEstate(ESTATE)],
  'monitored.ts': () => [buildMonitored()],
  'most-at-once.ts': undefined,
  // Without those that are broken on purpose, and those that write a zone down, which cfn-lint warns of (W3010).
  'network-worlds.ts': () => [
    buildNetworks((stack) => new HealthyWorld(stack)),
    ...Object.entries(HEALTHY_WORLDS)
      .filter(([name]) => !name.endsWith('of an Availability Zone'))
      .map(([, change]) => buildNetworks((stack) => change(new HealthyWorld(stack)))),
  ],
  'networks.ts': () => Object.values(NETWORKS).map(({ build }) => buildNetworks(build)),
  'places.ts': () =>
    Object.values(CATALOG_IDS).map((catalogId) => buildPlaces({ Here: HERE, There: undefined }, HERE, catalogId).app),
  'random-app.ts': () =>
    fc
      .sample(APP_PLAN, { numRuns: 30, seed: 1 })
      // Some have cycles of their own.
      .filter((plan) => isDeployable(() => buildApp(plan, { applyTests: false })))
      .map((plan) => buildApp(plan, { applyTests: true })),
  'stores.ts': () => Object.values(STORES).map(buildStores),
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
  writeFileSync(path.join(folder, 'sweep.template.json'), toText(buildSweepTemplate()));
  for (const [file, apps] of Object.entries(LIBRARY_APPS)) {
    mkdirSync(path.join(folder, file));
    apps?.().forEach((app, index) => renameSync(app.synth().directory, path.join(folder, file, String(index))));
  }
  await Promise.all(PROGRAMS.map((file) => synthesize(file, path.join(folder, file))));
  // They import the package by its name, which Jest alone knows here.
  process.env.CDK_OUTDIR = path.join(folder, 'example');
  await import('../../../examples/cdk/app');
  process.env.CDK_OUTDIR = path.join(folder, 'monitor');
  await import('../../../examples/cdk/monitor');
  process.env.CDK_OUTDIR = path.join(folder, 'sweep');
  await import('../../../examples/cdk/sweep');
  delete process.env.CDK_OUTDIR;
  return [...examples(), ...templatesIn(folder)];
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
