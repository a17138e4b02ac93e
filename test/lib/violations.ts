import type { App } from 'aws-cdk-lib';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';

/** The context of an app whose synthesis validates. `CDK_VALIDATION` must be true as well. */
export const VALIDATED = {
  '@aws-cdk/core:annotationsInValidationReport': true,
  '@aws-cdk/core:validateAgainstDefaultRules': true,
};

interface Report {
  readonly pluginReports: readonly {
    readonly pluginName: string;
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath?: string }[];
    }[];
  }[];
}

/** What the validation that is built into the CDK says of an app's templates, and annotations of constructs. */
export function violationsOf(app: App): [rule: string, path: string | undefined][] {
  try {
    app.synth();
  } catch (error) {
    if ((error as Error).name !== 'ValidationFailed') {
      throw error;
    }
  }
  const report = JSON.parse(readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8')) as Report;
  return report.pluginReports
    .flatMap(({ violations }) => violations)
    .flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }): [string, string | undefined] => [ruleName, constructPath]),
    );
}
