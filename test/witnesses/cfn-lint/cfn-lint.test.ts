import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { lint, type Finding } from './cfn-lint';
import { LIBRARY_APPS, writeTemplates } from './templates';

jest.setTimeout(240_000);

/** What stays, and why. */
const ACCEPTED: readonly { readonly rule: string; readonly what: RegExp; readonly reason: string }[] = [
  {
    rule: 'W3005',
    what: /Role\w*' dependency already enforced by a 'GetAtt' at 'Resources\/(\w*Function|\w*framework|AWS679f)\w*\/Properties\/Role'/,
    reason:
      "the CDK's lambda.Function, also that of AwsCustomResource, depends on its role, to which it refers as well",
  },
  {
    rule: 'W3005',
    what: /Role\w*' dependency already enforced by a 'GetAtt' at 'Resources\/\w+\/Properties\/RoleArn'/,
    reason: "the CDK's sfn.StateMachine depends on its role, to which it refers as well",
  },
  {
    rule: 'W3005',
    what: /StateMachine\w*' dependency already enforced by a 'Ref' at 'Resources\/\w+\/Properties\/(StateMachineArn|Target\/Arn)'/,
    reason: 'a sweep waits for its state machine with all its policies, and refers to the machine alone',
  },
  {
    rule: 'W3005',
    what: /^'Aurora\w+' dependency already enforced by a 'Ref' at 'Resources\/\w+ProxyTargetGroup\w+\/Properties/,
    reason: "the CDK's rds.DatabaseProxy lets its target group depend on the cluster, to which it refers as well",
  },
];

const accepts = (accepted: (typeof ACCEPTED)[number], { rule, message }: Finding) =>
  accepted.rule === rule && accepted.what.test(message);

let folder: string;
let files: string[];
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-cfn-lint-'));
  files = await writeTemplates(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('cfn-lint finds neither an error nor a warning in any template', () => {
  const findings = lint(files);

  expect(findings.filter((finding) => !ACCEPTED.some((one) => accepts(one, finding)))).toEqual([]);
  // What is found no longer is not accepted any longer.
  expect(ACCEPTED.filter((one) => !findings.some((finding) => accepts(one, finding)))).toEqual([]);
});

test('a property that does not exist would be found', () => {
  const broken = path.join(folder, 'broken.template.json');
  writeFileSync(
    broken,
    readFileSync(path.join(folder, 'provider.template.json'), 'utf8').replace('"Timeout"', '"TimeOut"'),
  );

  expect(lint([broken]).map(({ rule }) => rule)).toContain('E3002');
});

test('each app of test/lib/apps is among them', () => {
  expect(Object.keys(LIBRARY_APPS)).toEqual(readdirSync(path.join(__dirname, '../../lib/apps')).sort());
});
