import { App, type Stack } from 'aws-cdk-lib';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { DIAGNOSIS, SWEEP, SWEEP_RESOURCE } from '../bundle';
import { frameworkCode } from './framework-code';
import { inOneFile } from './one-file';
import { ProviderStack } from './provider-stack';
import { SweepStack } from './sweep-stack';
import { withoutRedundantDependencies } from './without-redundant-dependencies';

const ROOT = path.resolve(__dirname, '../..');

/** The provider's template, of the bundle as it lies there now. */
export function buildTemplate(): object {
  return templateOf(
    (app) => new ProviderStack(app, 'GlueConnectionTestProvider', { code: code(DIAGNOSIS), version: version() }),
  );
}

/** The template of a sweep. */
export function buildSweepTemplate(): object {
  const props = { code: code(DIAGNOSIS, SWEEP, SWEEP_RESOURCE), frameworkCode: frameworkCode(), version: version() };
  return templateOf((app) => new SweepStack(app, 'GlueConnectionSweep', props));
}

function templateOf(create: (app: App) => Stack): object {
  const outdir = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-template-'));
  try {
    const app = new App({ outdir, analyticsReporting: false, context: { 'aws:cdk:disable-asset-staging': true } });
    const { stackName } = create(app);
    return withoutRedundantDependencies(app.synth().getStackByName(stackName).template as { Resources: object });
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The code that a template holds. */
export function code(...onDemand: readonly string[]): string {
  const read = (file: string) => readFileSync(path.join(ROOT, 'lambda', 'dist', file), 'utf8');
  return inOneFile(read('index.js'), Object.fromEntries(onDemand.map((file) => [file, read(file)])));
}

function version(): string {
  return (JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string }).version;
}

/** The template as it is shipped: in JSON, where the code can't be read in two ways, and every parser agrees. */
export function toText(template: object): string {
  return `${JSON.stringify(template, undefined, 2)}\n`;
}

if (require.main === module) {
  const folder = path.join(ROOT, 'dist');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'glue-connection-test-provider.template.json'), toText(buildTemplate()));
  writeFileSync(path.join(folder, 'glue-connection-sweep.template.json'), toText(buildSweepTemplate()));
}
