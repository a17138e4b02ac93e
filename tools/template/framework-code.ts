import { buildSync } from 'esbuild';
import * as path from 'node:path';

const FRAMEWORK = path.join(
  path.dirname(require.resolve('aws-cdk-lib/package.json')),
  'custom-resources/lib/provider-framework/runtime/framework.js',
);

/** The functions of the CDK's provider framework as one file. Lambda's runtime has the AWS SDK. */
export function frameworkCode(): string {
  const { outputFiles } = buildSync({
    entryPoints: [FRAMEWORK],
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['@aws-sdk/*'],
    legalComments: 'none',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
