import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { classify } from '../../lambda/failure';
import { ConnectionTarget, ConnectionTest } from '../../lib/index';
import { createConnection, createStack } from '../lib/harness';
import { createEveryOption } from '../lib/nag-app';

const ROOT = path.join(__dirname, '../..');
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'docs/guide.md',
  'docs/security.md',
  'docs/cloudformation.md',
];
const text = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const readme = text('README.md');

/** What stands below a heading, up to the next one of its level. */
function sectionOf(page: string, heading: string): string {
  const [, level = ''] = new RegExp(`^(#+) ${heading}$`, 'm').exec(page) ?? [];
  const [, section = ''] =
    new RegExp(`^${level} ${heading}\\n([^]*?)(?=^#{1,${level.length}} |$(?![^]))`, 'm').exec(page) ?? [];
  return section;
}

/** The cells of each table of a text, without those of their heads. */
function rowsOf(section: string): string[][] {
  const rows = section.split('\n').map((line) => (line.startsWith('|') ? line.split('|').slice(1, -1) : undefined));
  return rows
    .filter((row, at) => row !== undefined && rows[at - 1] !== undefined && !/^\s*-+\s*$/.test(row[0]!))
    .map((row) => row!.map((cell) => cell.trim()));
}

const codeIn = (cell: string) => Array.from(cell.matchAll(/`([^`]+)`/g), ([, code = '']) => code);

describe('the FAQ', () => {
  const questions = sectionOf(readme, 'FAQ')
    .split(/^#### /m)
    .slice(1)
    .flatMap((question) => {
      const [, ...parts] = /^`(.*)`\n\n`([A-Z_]+)`\. ([^]*)$/.exec(question) ?? [];
      return parts.length === 0 ? [] : [parts as [string, string, string]];
    });

  test('asks about eleven messages', () => expect(questions).toHaveLength(11));

  test.each(questions)('knows what %s means', (message, category, answer) => {
    const failure = classify(Object.assign(new Error(message), { name: 'InvalidInputException' }), (value) => value);

    expect(failure.category).toBe(category);
    const plain = answer.replaceAll('`', '').replace(/\s+/g, ' ').toLowerCase();
    // In short: the first words of the cause.
    expect(plain).toContain(failure.cause.split(/[.:,]/)[0]!.toLowerCase());
  });
});

describe('the table of permissions', () => {
  test('has the actions that are granted, and no other', () => {
    const documented = rowsOf(sectionOf(readme, 'Permissions')).flatMap(([, actions = '']) => codeIn(actions));
    const app = createEveryOption();
    const stacks = app.node.children.filter((child): child is Stack => Stack.isStack(child));
    const granted = stacks.flatMap((stack) =>
      ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']
        .flatMap((type) => Object.entries(Template.fromStack(stack).findResources(type)))
        .flatMap(
          ([, { Properties }]) =>
            (Properties as { PolicyDocument: { Statement: { Action: string | string[] }[] } }).PolicyDocument.Statement,
        )
        .flatMap(({ Action }) => Action),
    );

    expect([...new Set(documented)].sort()).toEqual([...new Set(granted)].sort());
  });
});

describe('the table of options', () => {
  const api = text('API.md');
  const namesIn = (heading: string, kind: string) =>
    rowsOf(sectionOf(sectionOf(api, `${heading} <a .*</a>`), `${kind} <a .*</a>`)).map(
      ([name = '']) => /">(\w+)<\/a>/.exec(name)?.[1],
    );
  const options = rowsOf(sectionOf(readme, 'Options')).map(([name = '']) => codeIn(name)[0]!);

  test('has all properties of a test', () => {
    const properties = namesIn('ConnectionTestProps', 'Properties');

    expect(properties).toContain('target');
    expect(options).toEqual(expect.arrayContaining(properties));
  });

  test('has all targets', () => {
    const targets = namesIn('ConnectionTarget', 'Static Functions');

    expect(targets).toContain('fromName');
    expect(options.map((name) => /^ConnectionTarget\.(\w+)/.exec(name)?.[1])).toEqual(expect.arrayContaining(targets));
  });

  test('the guide has all options of a provider', () => {
    const provider = rowsOf(sectionOf(text('docs/guide.md'), 'The function')).flatMap(([names = '']) => codeIn(names));

    expect(provider.sort()).toEqual(namesIn('ConnectionTestProviderProps', 'Properties').sort());
  });
});

describe('the comparison with AwsCustomResource', () => {
  const callTest = (stack: Stack, id: string, parameters: object) =>
    new AwsCustomResource(stack, id, {
      onUpdate: {
        service: 'glue',
        action: 'testConnection',
        parameters,
        physicalResourceId: PhysicalResourceId.of(id),
      },
      policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE }),
    });
  const resources = (stack: Stack) =>
    Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string }> };
  const customResource = (
    create: (stack: Stack, connection: ReturnType<typeof createConnection>) => void,
    url: string,
  ) => {
    const stack = createStack();
    create(stack, createConnection(stack, 'Orders', { properties: { JDBC_CONNECTION_URL: url, SECRET_ID: 'orders' } }));
    return Object.values(resources(stack).Resources).filter(({ Type }) => Type.startsWith('Custom::'));
  };

  test('only ours is another one when the connection has changed', () => {
    const theirs = (url: string) =>
      customResource((stack, { connectionName }) => callTest(stack, 'Call', { ConnectionName: connectionName }), url);
    const ours = (url: string) =>
      customResource(
        (stack, orders) => new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(orders) }),
        url,
      );
    const [one, other] = ['jdbc:postgresql://one/orders', 'jdbc:postgresql://other/orders'];

    expect(theirs(one)).toEqual(theirs(other));
    expect(ours(one)).not.toEqual(ours(other));
  });

  test('its credentials are in the template', () => {
    const stack = createStack();
    callTest(stack, 'Call', { TestConnectionInput: { ConnectionProperties: { PASSWORD: 'hunter2' } } });

    expect(JSON.stringify(resources(stack))).toContain('hunter2');
  });

  test('it takes two resources for each further test, ours takes one, or two', () => {
    const further = (create: (stack: Stack, id: string) => void) => {
      const count = (ids: string[]) => {
        const stack = new Stack(new App(), 'Stack');
        ids.forEach((id) => create(stack, id));
        return Object.keys(resources(stack).Resources).length;
      };
      return count(['A', 'B']) - count(['A']);
    };

    expect(further((stack, id) => callTest(stack, id, { ConnectionName: id }))).toBe(2);
    expect(
      further((stack, id) => {
        new ConnectionTest(stack, id, { target: ConnectionTarget.fromName(id, { inVpc: false }) });
      }),
    ).toBe(1);
    // The connection is one more.
    expect(
      further((stack, id) => {
        const target = ConnectionTarget.fromConnection(createConnection(stack, `${id}Connection`));
        new ConnectionTest(stack, id, { target });
      }),
    ).toBe(1 + 2);
  });
});

describe.each(PAGES)('%s', (page) => {
  const links = Array.from(text(page).matchAll(/\]\(([^)\s]+)\)/g), ([, link = '']) => link).filter(
    (link) => !/^https?:/.test(link),
  );

  test('has links that lead somewhere', () => {
    for (const link of links) {
      const [file = '', anchor] = link.split('#');
      const target = path.join(ROOT, path.dirname(page), file);
      expect(file === '' || existsSync(target) ? '' : link).toBe('');
      if (anchor !== undefined) {
        expect({ link, anchors: anchorsOf(file === '' ? text(page) : readFileSync(target, 'utf8')) }).toEqual({
          link,
          anchors: expect.arrayContaining([anchor]) as unknown,
        });
      }
    }
  });
});

/** The anchors that GitHub gives the headings of a page. */
function anchorsOf(page: string): string[] {
  return Array.from(page.matchAll(/^#+ (.*)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}
