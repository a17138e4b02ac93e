import { App, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { ConnectionTarget, ConnectionTest, ConnectionTestProvider } from '../../../../lib/index';
import { createConnection, createStack } from '../../harness';
import { createEveryOption } from '../../nag-app';
import { acknowledgementsIn, findingsOn, ownResources, PACKS, withoutAcknowledgements } from './nag-findings';

const [AWS_SOLUTIONS, ...OTHER_PACKS] = PACKS;
const createBare = () => withoutAcknowledgements(() => createEveryOption());

test('AwsSolutions finds nothing that has no reason', () => {
  expect(findingsOn(createEveryOption(), AWS_SOLUTIONS)).toEqual([]);
  expect(findingsOn(createBare(), AWS_SOLUTIONS).length).toBeGreaterThan(0);
});

test.each(OTHER_PACKS.map((pack) => [pack.readPackName, pack] as const))(
  'nothing that %s finds is acknowledged, until the user does',
  (_, pack) => {
    const app = createEveryOption();
    const found = findingsOn(app, pack);
    expect(found).toEqual(findingsOn(createBare(), pack));

    for (const { id } of found) {
      Validations.of(app).acknowledge({ id, reason: 'a reason of the user' });
    }
    expect(findingsOn(app, pack)).toEqual([]);
  },
);

test('the app is one in which a full policy is followed by the next, and a policy stands beside the role of a test', () => {
  const paths = createEveryOption()
    .node.findAll()
    .map(({ node }) => node.path);

  expect(paths).toContain('FullPolicy/GlueConnectionTestProvider/Policy2/Resource');
  expect(paths).toContain('Roles/Own/RolePolicy');
});

test('each acknowledgement answers a finding on what is acknowledged, once', () => {
  const all = acknowledgementsIn(createEveryOption());
  const bare = createBare();

  const found = findingsOn(bare, AWS_SOLUTIONS);
  const answers = (path: string, found: string) => found === path || found.startsWith(`${path}/`);
  const idle = all.filter(({ id, path }) => !found.some((one) => one.id === id && answers(path, one.path)));
  expect(idle).toEqual([]);
  expect(new Set(all.map(({ id, path }) => `${id} ${path}`)).size).toBe(all.length);
});

test('acknowledgements change no template', () => {
  const templates = (app: App) =>
    app.node.children.filter((child) => Stack.isStack(child)).map((stack) => Template.fromStack(stack).toJSON());

  expect(templates(createEveryOption())).toEqual(templates(withoutAcknowledgements(() => createEveryOption())));
});

test('a stack with a test passes AwsSolutions as a plugin', () => {
  const app = new App();
  new ConnectionTest(new Stack(app, 'Stack'), 'Test', { target: ConnectionTarget.fromName('orders', { inVpc: true }) });
  Validations.of(app).addPlugins(AWS_SOLUTIONS);

  expect(() => app.synth()).not.toThrow();
});

test('what one policy allows on all resources for several reasons has all of them', () => {
  const stack = createStack();
  const provider = new ConnectionTestProvider(stack, 'Provider', { vpc: new ec2.Vpc(stack, 'Vpc') });
  new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromName('orders', { inVpc: true }), provider });

  const reasons = acknowledgementsIn(provider).filter(({ id }) => id === 'AwsSolutions-IAM5[Resource::*]');
  expect(reasons).toEqual([
    expect.objectContaining({
      reason: expect.stringMatching(/^For a function in a VPC, .*\. EC2's Describe actions.*\.$/) as string,
    }),
  ]);
});

test.each([
  ['all*', 0],
  ['all *', 1],
  ['all*(', 1],
])('a connection that is called %j can be tested, and is %d findings', (name, count) => {
  const stack = createStack();
  new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromName(name, { inVpc: false }) });

  // The id of an acknowledgement can't hold a space, nor a bracket that stands alone.
  expect(findingsOn(stack, AWS_SOLUTIONS)).toHaveLength(count);
});

test('a wildcard that these constructs do not mean to allow stays a finding', () => {
  const stack = createStack();
  const connection = createConnection(stack);
  connection.addProperty('ROLE_ARN', 'arn:aws:iam::111122223333:role/*');
  new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection) });

  expect(findingsOn(stack, AWS_SOLUTIONS)).toEqual([
    expect.objectContaining({ id: 'AwsSolutions-IAM5[Resource::arn:aws:iam::111122223333:role/*]' }),
  ]);
});

describe("the documentation's", () => {
  const page = readFileSync(path.join(__dirname, '../../../../docs/security.md'), 'utf8');
  const [, section = ''] = page.split('\n## Security checks\n');

  const bullets = section
    .split('\n- ')
    .slice(1)
    .map((bullet) => bullet.split('\n\n')[0]!.replace(/\s+/g, ' ').trim());

  test('counts are those of the app with every option', () => {
    const app = createEveryOption();
    const rows = section
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );

    expect(rows.slice(2)).toEqual(
      OTHER_PACKS.map((pack) => [`\`${pack.readPackName}\``, `${findingsOn(app, pack).length}`]),
    );
    expect(section.replace(/\s+/g, ' ')).toContain(`${ownResources(app).length} resources`);
  });

  test('rules are those that other packs find', () => {
    const app = createEveryOption();
    const found = OTHER_PACKS.flatMap((pack) => findingsOn(app, pack)).map(({ id }) => `\`${id.split('-')[1]!}\``);

    expect(bullets.filter((bullet) => !isOfAwsSolutions(bullet)).map((bullet) => bullet.split(':')[0])).toEqual(
      [...new Set(found)].sort(),
    );
  });

  test('reasons are those that are acknowledged', () => {
    expect(bullets.filter(isOfAwsSolutions).sort()).toEqual(reasons());
  });
});

/** Other packs call their rules by words. */
function isOfAwsSolutions(bullet: string): boolean {
  return /^`[A-Z]+\d`/.test(bullet);
}

/** Each rule with its reason: of what packs call by names of their own, the name of the rule. */
function reasons(): string[] {
  const lines = acknowledgementsIn(createEveryOption()).map(({ id, reason }) => {
    const [, rule = '', , resource] = /^[^-]*-(\w+)(\[\w+::(.*)\])?$/.exec(id) ?? [];
    const withoutArn = resource
      ?.replace(/^arn:.*?:\w+:(<[^>]*>|[^:]*):(<[^>]*>|[^:]*):/, '')
      .replace(/\{"Fn::Select":.*\}/, '<StateMachine>')
      .replace(/<\w+\.Arn>/, '<Function.Arn>')
      .replace(/<\w+[0-9A-F]{8}\.Name>/, '<StateMachine>')
      .replace(/<(\w+)[0-9A-F]{8}>/g, '<$1>');
    return `\`${rule}\`${withoutArn === undefined ? '' : ` on \`${withoutArn}\``}: ${reason}`;
  });
  return [...new Set(lines)].sort();
}
