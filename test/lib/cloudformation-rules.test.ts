import { createEveryOption } from './nag-app';
import { ownResources } from './grants/nag/nag-findings';
import { VALIDATED, violationsOf } from './violations';

beforeAll(() => {
  process.env.CDK_VALIDATION = 'true';
});

test("CloudFormation's rules find nothing, neither error nor warning, in an app with every option", () => {
  expect(violationsOf(createEveryOption(VALIDATED))).toEqual([]);
});

test("what is against CloudFormation's rules on a resource of these constructs would be found", () => {
  const app = createEveryOption(VALIDATED);
  const logGroup = ownResources(app).find(({ cfnResourceType }) => cfnResourceType === 'AWS::Logs::LogGroup');
  logGroup?.addPropertyOverride('RetentionInDays', 'a month');

  expect(violationsOf(app)).toContainEqual([expect.any(String), logGroup?.node.path]);
});
