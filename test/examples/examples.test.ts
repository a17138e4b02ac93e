import { readdirSync } from 'node:fs';
import * as path from 'node:path';
import { CloudFormationRules, SOUNDS_SECRET } from '../tools/template/cloudformation-rules';
import { exampleText } from './provided-cloud';

jest.setTimeout(60_000);

const TEMPLATES = readdirSync(path.join(__dirname, '../../examples')).filter((name) => /\.(json|yaml)$/.test(name));
const rules = new CloudFormationRules();
const findings = (template: string) => rules.findingsIn(template).filter(({ ruleId }) => ruleId !== SOUNDS_SECRET);

test.each(TEMPLATES)("CloudFormation's rules find neither an error nor a warning in examples/%s", (name) => {
  expect(findings(exampleText(name))).toEqual([]);
});

test.each(TEMPLATES)('a property that does not exist would be found in examples/%s', (name) => {
  const broken = exampleText(name).replace(/\b(ConnectionInput|TemplateURL)("?):/, 'Nonexistent$2:');

  expect(broken).not.toBe(exampleText(name));
  expect(findings(broken)).not.toEqual([]);
});

test.each(TEMPLATES.filter((name) => name.endsWith('.yaml')))(
  'examples/%s begins with what it shows and how it is deployed',
  (name) => {
    expect(exampleText(name)).toMatch(/^# [A-Z](#.*\n|.*\n#)+ {3}(aws cloudformation|sam) deploy /);
  },
);
