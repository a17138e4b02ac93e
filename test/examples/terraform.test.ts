import { parseTemplateText } from '@cdk-glue-connection-test/local-cloud';
import { providerTemplate } from '../tools/template/built';
import { CloudFormationRules, SOUNDS_SECRET } from '../tools/template/cloudformation-rules';
import { exampleText, ProvidedCloud } from './provided-cloud';

jest.setTimeout(60_000);

/** The resources of the file, by name: what stands between their braces. */
const stacks: Record<string, string> = Object.fromEntries(
  [...exampleText('terraform/main.tf').matchAll(/^resource "aws_cloudformation_stack" "(\w+)" \{\n([^]*?)^\}$/gm)].map(
    ([, name = '', body = '']): [string, string] => [name, body],
  ),
);

function parametersOf(stack: string): Record<string, string> {
  const [, block = ''] = /^ {2}parameters = \{\n([^]*?)^ {2}\}$/m.exec(stacks[stack] ?? '') ?? [];
  const pairs = block.matchAll(/^ {4}(\w+) += (.*)$/gm);
  return Object.fromEntries([...pairs].map(([, name = '', value = '']): [string, string] => [name, value]));
}

function heredocOf(stack: string): string {
  const [, text = ''] = /^ {2}template_body = <<-YAML\n([^]*?)^ {2}YAML$/m.exec(stacks[stack] ?? '') ?? [];
  return text.replace(/^ {4}/gm, '');
}

let provided: ProvidedCloud;
beforeAll(async () => {
  provided = await ProvidedCloud.start();
});
afterEach(() => provided.deleteStacks('Test', 'Connection'));
afterAll(() => provided.stop());

test('the example for Terraform has the provider and a test, as one stack each', () => {
  expect(Object.keys(stacks)).toEqual(['provider', 'orders_test']);
});

test("the parameters of the provider's stack are those of its template", () => {
  const names = Object.keys(parametersOf('provider'));

  expect(names).toContain('ConnectionNamePattern');
  expect(Object.keys(providerTemplate().Parameters)).toEqual(expect.arrayContaining(names));
});

test("the parameters of the test's stack are those of the template beside them, which has no variables of Terraform", () => {
  const { Parameters } = parseTemplateText(heredocOf('orders_test')) as { Parameters: object };

  expect(Object.keys(parametersOf('orders_test'))).toEqual(Object.keys(Parameters));
  expect(heredocOf('orders_test')).not.toMatch(/\$\{|%\{/);
});

test('each output that it reads is an output of the stack', () => {
  const outputs = [...exampleText('terraform/main.tf').matchAll(/_stack\.(\w+)\.outputs\["(\w+)"\]/g)];
  const { Outputs } = parseTemplateText(heredocOf('orders_test')) as { Outputs: object };
  const known: Record<string, object> = { provider: providerTemplate().Outputs, orders_test: Outputs };

  expect(outputs).toHaveLength(2);
  for (const [, stack = '', output = ''] of outputs) {
    expect(Object.keys(known[stack] ?? {})).toContain(output);
  }
});

test("CloudFormation's rules find nothing in the template of the test", () => {
  const findings = new CloudFormationRules().findingsIn(heredocOf('orders_test'));

  expect(findings.filter(({ ruleId }) => ruleId !== SOUNDS_SECRET)).toEqual([]);
});

test.each([
  ['is deployed when the connection works', 'orders/database', 'CREATE_COMPLETE'],
  ['fails when the password is wrong', 'orders/wrong', 'ROLLBACK_COMPLETE'],
])('the template of the test %s', async (_, secretName, expected) => {
  const values = Object.entries(parametersOf('provider')).map(([name, value]) => [name, JSON.parse(value) as string]);
  const provider = await provided.deployProvider(Object.fromEntries(values) as Record<string, string>);
  await provided.deployConnection('orders', secretName);
  const { status } = await provided.deploy(parseTemplateText(heredocOf('orders_test')), 'Test', {
    ServiceToken: String(provider.outputs.ServiceToken),
    ConnectionName: 'orders',
    JdbcUrl: provided.jdbcUrl,
    SecretVersion: '1',
  });

  expect(status).toBe(expected);
});
