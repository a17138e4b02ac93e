import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSweepTemplate, code, toText } from '../../../tools/template/build';

interface Template {
  readonly Metadata: {
    readonly 'AWS::CloudFormation::Interface': {
      readonly ParameterGroups: readonly { readonly Parameters: readonly string[] }[];
      readonly ParameterLabels: Readonly<Record<string, { readonly default: string }>>;
    };
  };
  readonly Parameters: Readonly<
    Record<
      string,
      { readonly Default?: string | number; readonly Description: string; readonly AllowedPattern?: string }
    >
  >;
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Condition?: string; readonly Properties: Record<string, unknown> }>
  >;
}

const template = buildSweepTemplate() as Template;
const json = JSON.stringify(template);
const functions = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
const codes = functions.map(({ Properties }) => (Properties.Code as { ZipFile: string }).ZipFile);

test('the template is smaller than half of what CloudFormation accepts from a bucket', () => {
  expect(Buffer.byteLength(toText(template))).toBeLessThan(500_000);
});

test('the same sources make the same template, byte for byte', () => {
  expect(JSON.stringify(buildSweepTemplate())).toBe(json);
});

test('it holds the code of all functions, and needs nothing beside itself', () => {
  expect(codes[0]).toBe(code('./diagnosis.js', './sweep.js', './sweep-resource.js'));
  expect(functions).toHaveLength(4);
  expect(codes.reduce((rest, one) => rest.replaceAll(JSON.stringify(one), ''), json)).not.toMatch(
    /asset\.|aws:asset|S3Bucket|S3Key|BootstrapVersion|cdk-bootstrap|AWS::CDK::Metadata/,
  );
});

test("the functions of the CDK's framework have the handlers that the template names", () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-framework-'));
  try {
    const file = path.join(folder, 'index.js');
    writeFileSync(file, codes[1]!);
    const env = { ...process.env, NODE_PATH: path.resolve(__dirname, '../../../node_modules') };
    const print = 'console.log(JSON.stringify(Object.keys(require(process.argv[1]))))';
    const exported = JSON.parse(execFileSync(process.execPath, ['-e', print, file], { env }).toString()) as string[];

    const handlers = functions.slice(1).map(({ Properties }) => String(Properties.Handler));
    expect(handlers.sort()).toEqual(exported.map((name) => `index.${name}`).sort());
    expect(new Set(codes.slice(1)).size).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the console shows each parameter once, under a label of its own; each has a default, so that a stack needs none', () => {
  const { ParameterGroups, ParameterLabels } = template.Metadata['AWS::CloudFormation::Interface'];
  const names = Object.keys(template.Parameters).sort();

  expect(ParameterGroups.flatMap(({ Parameters }) => Parameters).sort()).toEqual(names);
  expect(Object.keys(ParameterLabels).sort()).toEqual(names);
  const parameters = Object.entries(template.Parameters);
  expect(parameters.filter(([, { Description, Default }]) => !Description || Default === undefined)).toEqual([]);
});

test('without a schedule there are no resources for one, and without a sweep during deployments none for that', () => {
  const idsWith = (condition: string | undefined, type: RegExp) =>
    Object.entries(template.Resources).filter(([, one]) => one.Condition === condition && type.test(one.Type)).length;

  expect(idsWith('HasScheduleExpression', /Schedule|Alarm/)).toBe(2);
  expect(idsWith('HasDuringDeployment', /Custom|Lambda|StateMachine/)).toBe(5);
  expect(idsWith(undefined, /Custom|Schedule|Alarm/)).toBe(0);
});

test('a value of a parameter can not break out of the definition of the state machine', () => {
  const refused = (name: string, value: string) => !new RegExp(template.Parameters[name]!.AllowedPattern!).test(value);

  for (const name of ['ConnectionNamePattern', 'ExcludedNamePatterns', 'ConnectionTypes']) {
    expect([name, refused(name, 'a"b'), refused(name, 'a\\b'), refused(name, 'A')]).toEqual([name, true, true, false]);
    expect([name, refused(name, 'A\nB'), refused(name, 'A\tB'), refused(name, 'A\u0001')]).toEqual([
      name,
      true,
      true,
      true,
    ]);
  }
});

test('a pattern means the same in the sweep, which leaves out blanks around it, as in the permissions', () => {
  const pattern = new RegExp(template.Parameters.ConnectionNamePattern!.AllowedPattern!);

  expect(['*', 'a', 'prod-*', 'a b', 'x'.repeat(255)].filter((name) => !pattern.test(name))).toEqual([]);
  expect(['', ' ', ' a', 'a ', 'a,b', 'x'.repeat(256)].filter((name) => pattern.test(name))).toEqual([]);
});

test('what is asked for a role or a log holds for all of them', () => {
  const ofType = (type: string) => Object.values(template.Resources).filter(({ Type }) => Type === type);

  expect(ofType('AWS::IAM::Role')).toHaveLength(7);
  for (const { Properties } of ofType('AWS::IAM::Role')) {
    expect(Properties.PermissionsBoundary).toEqual({
      'Fn::If': ['HasPermissionsBoundaryArn', { Ref: 'PermissionsBoundaryArn' }, { Ref: 'AWS::NoValue' }],
    });
  }
  expect(ofType('AWS::Logs::LogGroup')).toHaveLength(2);
  for (const { Properties } of ofType('AWS::Logs::LogGroup')) {
    expect(Properties.RetentionInDays).toEqual({ Ref: 'LogRetentionInDays' });
    expect(Properties.KmsKeyId).toEqual({ 'Fn::If': ['HasLogKeyArn', { Ref: 'LogKeyArn' }, { Ref: 'AWS::NoValue' }] });
  }
});
