import { LocalCloud } from '@cdk-glue-connection-test/local-cloud';
import { execFileSync } from 'node:child_process';

jest.setTimeout(30_000);

const CODE = `exports.handler = async () => console.log(process.version, process.env.AWS_EXECUTION_ENV);`;

test('functions are run by the Node.js that this run of the tests is about', async () => {
  const nodePath = process.env.LAMBDA_NODE_PATH ?? process.execPath;
  const version = execFileSync(nodePath, ['--version'], { encoding: 'utf8' }).trim();
  const cloud = await LocalCloud.start();
  await cloud.deployTemplate(
    {
      Resources: {
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: {
            AssumeRolePolicyDocument: {
              Statement: [
                { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
              ],
            },
          },
        },
        Function: {
          Type: 'AWS::Lambda::Function',
          Properties: { Handler: 'index.handler', Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Code: { ZipFile: CODE } },
        },
        Call: {
          Type: 'Custom::Call',
          Properties: { ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] }, ServiceTimeout: 3 },
        },
      },
    },
    'Runtime',
  );
  const log = cloud.log.map(({ message }) => message).join('\n');
  await cloud.stop();

  expect(log).toContain(`${version} AWS_Lambda_nodejs${/\d+/.exec(version)?.[0]}.x`);
});
