import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CloudFormation } from './cloudformation';
import { parseTemplateText } from './cloudformation/template/parse-text';

export const TOOLKIT_STACK_NAME = 'CDKToolkit';

/**
 * Deploys what `cdk bootstrap` deploys: the CLI's own template, with the roles, the bucket and the version that the CLI
 * looks for.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
export async function deployToolkit(cloudFormation: CloudFormation): Promise<void> {
  const cli = path.dirname(require.resolve('aws-cdk/package.json'));
  const template = parseTemplateText(
    readFileSync(path.join(cli, 'lib', 'api', 'bootstrap', 'bootstrap-template.yaml'), 'utf8'),
  );
  const { status } = await cloudFormation.deploy({
    ...{ stackName: TOOLKIT_STACK_NAME, template },
    // As the CLI does where nothing else is asked for.
    parameters: {
      CloudFormationExecutionPolicies: 'arn:aws:iam::aws:policy/AdministratorAccess',
      FileAssetsBucketKmsKeyId: 'AWS_MANAGED_KEY',
    },
    capabilities: ['CAPABILITY_NAMED_IAM'],
  });
  if (status !== 'CREATE_COMPLETE') {
    const failures = cloudFormation
      .describeStackEvents(TOOLKIT_STACK_NAME)
      .filter((event) => event.status.endsWith('_FAILED'));
    throw new Error(
      `cannot bootstrap: ${failures.map(({ logicalId, reason }) => `${logicalId}: ${reason ?? ''}`).join('; ')}`,
    );
  }
}
