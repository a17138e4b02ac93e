import { App } from 'aws-cdk-lib';
import { ProviderStack } from '../../../tools/template/provider-stack';
import { VALIDATED, violationsOf } from '../../lib/violations';
import { EVERY_PARAMETER, providerTemplate } from './built';
import { CloudFormationRules, SOUNDS_SECRET } from './cloudformation-rules';

jest.setTimeout(60_000);

beforeAll(() => {
  process.env.CDK_VALIDATION = 'true';
});

function synthesized(): [App, ProviderStack] {
  const app = new App({ context: { ...VALIDATED, 'aws:cdk:disable-asset-staging': true } });
  return [app, new ProviderStack(app, 'Provider', { code: '// none', version: '1.0.0' })];
}

test("CloudFormation's rules find nothing in the provider's stack that is not acknowledged", () => {
  expect(violationsOf(synthesized()[0])).toEqual([]);
});

test("what is against CloudFormation's rules in the provider's stack would be found", () => {
  const [app, stack] = synthesized();
  stack.addTransform('AWS::Serverless-2016-10-31');
  stack.templateOptions.templateFormatVersion = '2011';

  expect(violationsOf(app)).not.toEqual([]);
});

describe('with parameters as they are given', () => {
  const rules = new CloudFormationRules();
  const findings = (parameters: Record<string, string>) =>
    rules.findingsIn(providerTemplate(), { parameters }).filter(({ ruleId }) => ruleId !== SOUNDS_SECRET);

  test('there is neither an error nor a warning, also without acknowledgements', () => {
    expect(findings(EVERY_PARAMETER)).toEqual([]);
  });

  test('a wrong value would be found', () => {
    expect(findings({ ...EVERY_PARAMETER, LogKeyArn: 'orders' })).toContainEqual(
      expect.objectContaining({ severity: 'FATAL', propertyPath: 'Properties.KmsKeyId' }),
    );
  });
});
