import type { App } from 'aws-cdk-lib';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { createEveryOption } from './nag-app';
import { ownResources } from './nag-findings';

beforeAll(() => {
  process.env.CDK_VALIDATION = 'true';
});

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
function violationsOf(app: App): [rule: string, path: string | undefined][] {
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

const context = {
  '@aws-cdk/core:annotationsInValidationReport': true,
  '@aws-cdk/core:validateAgainstDefaultRules': true,
};

test("CloudFormation's rules find nothing, neither error nor warning, in an app with every option", () => {
  expect(violationsOf(createEveryOption(context))).toEqual([]);
});

test("what is against CloudFormation's rules on a resource of these constructs would be found", () => {
  const app = createEveryOption(context);
  const logGroup = ownResources(app).find(({ cfnResourceType }) => cfnResourceType === 'AWS::Logs::LogGroup');
  logGroup?.addPropertyOverride('RetentionInDays', 'a month');

  expect(violationsOf(app)).toContainEqual([expect.any(String), logGroup?.node.path]);
});
