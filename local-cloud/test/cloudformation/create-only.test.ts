import { readFileSync, statSync } from 'node:fs';
import packageJson from '../../package.json';
import {
  CREATE_ONLY_FILE,
  createOnlyProperties,
  parseCreateOnly,
} from '../../src/cloudformation/resource-types/create-only';
import { createOnlyPaths } from '../../src/cloudformation/resource-types/extract';
import { recreations } from '../../src/cloudformation/stack/recreation';

const always = (...path: string[]) => ({ path, requiresRecreation: 'Always' });

test("what is known of replacement is what AWS's specifications say, as installed", () => {
  expect(JSON.parse(readFileSync(CREATE_ONLY_FILE, 'utf8'))).toEqual(createOnlyPaths());
  expect(packageJson.devDependencies['@aws-cdk/aws-service-spec']).toMatch(/^\d/);
  expect(statSync(CREATE_ONLY_FILE).size).toBeLessThan(150_000);
});

test.each([
  ['AWS::Glue::Connection', [always('CatalogId'), always('ConnectionInput', 'Name')]],
  ['AWS::Glue::Crawler', [always('Name')]],
  ['AWS::Glue::Job', [always('Name')]],
  ['AWS::IAM::ManagedPolicy', [always('Description'), always('ManagedPolicyName'), always('Path')]],
  ['AWS::IAM::Policy', []],
  ['AWS::IAM::Role', [always('Path'), always('RoleName')]],
  ['AWS::KMS::Key', []],
  ['AWS::Lambda::Function', [always('FunctionName'), always('PackageType'), always('TenancyConfig')]],
  ['AWS::Logs::LogGroup', [always('LogGroupName')]],
  ['AWS::SecretsManager::Secret', [always('Name')]],
  ['AWS::SSM::Parameter', [always('Name')]],
  ['AWS::EC2::VPC', [always('CidrBlock'), { path: ['InstanceTenancy'], requiresRecreation: 'Conditionally' }]],
])('%s', (resourceType, expected) => {
  expect(createOnlyProperties(resourceType)).toEqual(expect.arrayContaining(expected));
  if (resourceType !== 'AWS::EC2::VPC') {
    expect(createOnlyProperties(resourceType)).toHaveLength(expected.length);
  }
});

test('of a type that nobody has specified, nothing is known to need a replacement', () => {
  expect(createOnlyProperties('AWS::CDK::Metadata')).toEqual([]);
});

describe('a change', () => {
  const paths = parseCreateOnly('Name Input.Name Size? Items.*.Id');

  test.each<[string, object, object, object]>([
    ['of nothing', { Name: 'a', Size: 1 }, { Name: 'a', Size: '1' }, {}],
    ['of what can be updated', { Other: 1 }, { Other: 2, New: 1 }, { Other: 'Never', New: 'Never' }],
    ['of a property', { Name: 'a' }, { Name: 'b' }, { Name: 'Always' }],
    ['that adds a property', {}, { Name: 'b' }, { Name: 'Always' }],
    ['that removes a property', { Name: 'b' }, {}, { Name: 'Always' }],
    ['of what may be updated', { Size: 1 }, { Size: 2 }, { Size: 'Conditionally' }],
    ['of a nested property', { Input: { Name: 'a' } }, { Input: { Name: 'b' } }, { Input: 'Always' }],
    ['beside a nested property', { Input: { Name: 'a', X: 1 } }, { Input: { Name: 'a', X: 2 } }, { Input: 'Never' }],
    ['in a list', { Items: [{ Id: 'a' }] }, { Items: [{ Id: 'b' }] }, { Items: 'Always' }],
    ['in a map', { Items: { k: { Id: 'a' } } }, { Items: { k: { Id: 'b' } } }, { Items: 'Always' }],
    ['beside it in a list', { Items: [{ Id: 'a' }] }, { Items: [{ Id: 'a', X: 1 }] }, { Items: 'Never' }],
  ])('%s', (_title, previous, next, expected) => {
    expect(Object.fromEntries(recreations(paths, previous as never, next as never))).toEqual(expected);
  });
});
