import { App } from 'aws-cdk-lib';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { inOneFile } from './one-file';
import { ProviderStack } from './provider-stack';

const ROOT = path.resolve(__dirname, '../..');

/** The provider's template, of the bundle as it lies there now. */
export function buildTemplate(): object {
  const outdir = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-template-'));
  try {
    const app = new App({ outdir, analyticsReporting: false, context: { 'aws:cdk:disable-asset-staging': true } });
    const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
    const read = (file: string) => readFileSync(path.join(ROOT, 'lambda', 'dist', file), 'utf8');
    const code = inOneFile(read('index.js'), read('diagnosis.js'));
    const stack = new ProviderStack(app, 'GlueConnectionTestProvider', { code, version });
    return app.synth().getStackByName(stack.stackName).template as object;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The template as it is shipped: in JSON, where the code can't be read in two ways, and every parser agrees. */
export function toText(template: object): string {
  return `${JSON.stringify(template, undefined, 2)}\n`;
}

if (require.main === module) {
  const folder = path.join(ROOT, 'dist');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'glue-connection-test-provider.template.json'), toText(buildTemplate()));
}
