import { parseTemplateText } from '@cdk-glue-connection-test/local-cloud';
import { toText } from '../../../tools/template/build';
import packageJson from '../../../package.json';
import { bundledCode, providerTemplate } from './built';

const template = providerTemplate();
const json = JSON.stringify(template);

test('the template is smaller than 420,000 bytes', () => {
  expect(Buffer.byteLength(toText(template))).toBeLessThan(420_000);
});

test('CloudFormation reads the text of the template as the template', () => {
  expect(parseTemplateText(toText(template))).toEqual(JSON.parse(json));
});

test('the same sources make the same template, byte for byte', () => {
  expect(JSON.stringify(providerTemplate())).toBe(json);
});

test("the function's code is the bundle, byte for byte, both files as one", () => {
  expect(template.Resources.Function.Properties.Code).toEqual({ ZipFile: bundledCode() });
});

test('the version of the package stands in the description', () => {
  expect(template).toMatchObject({
    Description: expect.stringContaining(`(cdk-glue-connection-test ${packageJson.version})`) as string,
  });
});

test.each([
  ['asset', /asset\.|aws:asset|S3Bucket|S3Key|AssetParameters/],
  ['bootstrap stack', /BootstrapVersion|cdk-bootstrap|hnb659fds/],
  ['metadata of the CDK', /aws:cdk:|AWS::CDK::Metadata|CDKMetadata/],
  ['secret that is resolved', /\{\{resolve:/],
])('beside the code there is no %s in the template', (_, trace) => {
  expect(json.replace(JSON.stringify(bundledCode()), '')).not.toMatch(trace);
});

test('the console shows each parameter once, under a label of its own', () => {
  const { ParameterGroups, ParameterLabels } = template.Metadata['AWS::CloudFormation::Interface'];
  const names = Object.keys(template.Parameters).sort();

  expect(ParameterGroups.flatMap(({ Parameters }) => Parameters).sort()).toEqual(names);
  expect(Object.keys(ParameterLabels).sort()).toEqual(names);
});

test('each parameter is described, and only the connections must be named', () => {
  const parameters = Object.entries(template.Parameters);

  expect(parameters.filter(([, { Description }]) => !Description).map(([name]) => name)).toEqual([]);
  expect(parameters.filter(([, { Default }]) => Default === undefined).map(([name]) => name)).toEqual([
    'ConnectionNamePattern',
  ]);
});
