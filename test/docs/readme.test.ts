import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { classify } from '../../lambda/failures/failure';
import { isWorthAnotherTry } from '../../lambda/failures/retry';
import {
  ConnectionAuthentication,
  ConnectionMonitor,
  ConnectionTarget,
  ConnectionTest,
  ConnectionTestProvider,
  SecretReference,
  type ConnectionInput,
  type ConnectionTestProviderProps,
} from '../../lib/index';
import { createConnection, createStack, resourcesOf, testResourceOf, type Statement } from '../lib/harness';

const ROOT = path.join(__dirname, '../..');
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CODE_OF_CONDUCT.md',
  'CHANGELOG.md',
  'bench/README.md',
  'cli/README.md',
].concat(
  readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file.replaceAll(path.sep, '/')}`),
);
const JDBC = { JDBC_CONNECTION_URL: 'jdbc:postgresql://db:5432/orders' };
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

const withoutCode = (text: string) => text.replace(/[`']/g, '').replace(/\s+/g, ' ').toLowerCase();

describe('the FAQ', () => {
  const questions = sectionOf(readme, 'FAQ')
    .split(/^####? /m)
    .slice(1)
    .flatMap((question) => {
      const [, ...parts] = /^`(.*)`\n\n`([A-Z_]+)`\. ([^]*)$/.exec(question) ?? [];
      return parts.length === 0 ? [] : [parts as [string, string, string]];
    });

  test('asks about eleven messages', () => expect(questions).toHaveLength(11));

  test.each(questions)('knows what %s means', (message, category, answer) => {
    const failure = classify(Object.assign(new Error(message), { name: 'InvalidInputException' }), (value) => value);

    expect(failure.category).toBe(category);
    const plain = withoutCode(answer);
    // In short: how the cause and the next step begin.
    for (const sentence of [failure.cause, failure.nextStep]) {
      expect(plain).toContain(withoutCode(sentence).split(/[.:,;]/)[0]!);
    }
  });
});

describe('the table of permissions', () => {
  /** The rows, each with those below it that name nothing anew. */
  const documented: Record<string, string[]> = {};
  let last = '';
  for (const [feature = '', actions = ''] of rowsOf(sectionOf(readme, 'Permissions'))) {
    last = feature || last;
    documented[last] = [...(documented[last] ?? []), ...codeIn(actions)].sort();
  }

  const grantedTo = (add: (stack: Stack) => void) => {
    const stack = createStack();
    add(stack);
    const propertiesOf = (type: string) => Object.values(resourcesOf(stack, type)).map(({ Properties }) => Properties);
    const policies = [
      ...propertiesOf('AWS::IAM::ManagedPolicy'),
      ...propertiesOf('AWS::IAM::Role').flatMap(({ Policies = [] }) => Policies as Record<string, unknown>[]),
    ];
    return policies
      .flatMap(({ PolicyDocument }) => (PolicyDocument as { Statement: Statement[] }).Statement)
      .flatMap(({ Action }) => Action);
  };
  const test1 = (target: (stack: Stack) => ConnectionTarget, secret?: (stack: Stack) => secretsmanager.ISecret) =>
    grantedTo((stack) => new ConnectionTest(stack, 'Test', { target: target(stack), secret: secret?.(stack) }));
  const provider = (props: (stack: Stack) => ConnectionTestProviderProps) =>
    grantedTo((stack) => new ConnectionTestProvider(stack, 'Provider', props(stack)));

  const connectionType = new glue.ConnectionType('JIRACLOUD');
  const byName = () => ConnectionTarget.fromName('orders', { inVpc: false });
  const input = (part?: (stack: Stack) => Partial<ConnectionInput>) => (stack: Stack) =>
    ConnectionTarget.fromInput({ connectionType, ...part?.(stack) });
  const secret = (stack: Stack) => secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'orders');
  const withKey = (stack: Stack) => new secretsmanager.Secret(stack, 'Secret', { encryptionKey: key(stack) });
  const key = (stack: Stack) => new kms.Key(stack, 'Key');
  const kmsKey = (stack: Stack) => ({ authentication: ConnectionAuthentication.iam({ kmsKey: key(stack) }) });
  const reference = (stack: Stack) => ({
    secretConnectionProperties: { API_KEY: SecretReference.fromSecretsManager(secret(stack)) },
  });
  const withRole = (stack: Stack) => {
    const properties = { ...JDBC, ROLE_ARN: 'arn:aws:iam::111122223333:role/orders' };
    return ConnectionTarget.fromConnection(createConnection(stack, 'Orders', { properties }));
  };
  const plain = (stack: Stack) =>
    ConnectionTarget.fromConnection(createConnection(stack, 'Orders', { properties: JDBC }));

  const withAuthenticationKey = (stack: Stack) => {
    const authenticationConfiguration = { authenticationType: 'OAUTH2', kmsKeyArn: key(stack).keyArn };
    return ConnectionTarget.fromCfnConnection(
      new glue.CfnConnection(stack, 'Orders', {
        catalogId: stack.account,
        connectionInput: { connectionType: 'SALESFORCE', authenticationConfiguration },
      }),
    );
  };
  const withFile = (bucketOf: (stack: Stack) => s3.Bucket) => (stack: Stack) => {
    const properties = { ...JDBC, CUSTOM_JDBC_CERT: bucketOf(stack).s3UrlForObject('store.pem') };
    return ConnectionTarget.fromConnection(createConnection(stack, 'Orders', { properties }));
  };
  const bucket = (stack: Stack) => new s3.Bucket(stack, 'Bucket');
  const bucketWithKey = (stack: Stack) => new s3.Bucket(stack, 'Bucket', { encryptionKey: key(stack) });

  const monitor = (stack: Stack) => {
    const test = new ConnectionTest(stack, 'Test', { target: byName() });
    new ConnectionMonitor(stack, 'Monitor', { tests: [test] });
  };
  /** What the function's role gets, or another one. */
  const isOfSchedule = (action: string) => action === 'lambda:InvokeFunction';

  /** What is granted with a feature, and without it. */
  const features: Record<string, [string[], string[]]> = {
    'a connection': [test1(byName), provider(() => ({}))],
    'an input': [test1(input()), provider(() => ({}))],
    'an input with `kmsKey`': [test1(input(kmsKey)), test1(input())],
    'a connection with a secret': [test1(byName, secret), test1(byName)],
    'a `SecretReference`': [test1(input(reference)), test1(input())],
    'a secret with a key of yours': [test1(byName, withKey), test1(byName, secret)],
    'a connection in a VPC': [test1(() => ConnectionTarget.fromName('orders', { inVpc: true })), test1(byName)],
    'a connection with a `ROLE_ARN`': [test1(withRole), test1(plain)],
    'a connection with a `KmsKeyArn`': [test1(withAuthenticationKey), test1(plain)],
    'a driver or a certificate in a bucket': [test1(withFile(bucket)), test1(plain)],
    'a file in a bucket with a key of yours': [test1(withFile(bucketWithKey)), test1(withFile(bucket))],
    'the function': [provider(() => ({})), []],
    'the function, with a monitor': [grantedTo(monitor).filter((action) => !isOfSchedule(action)), test1(byName)],
    'the schedule of a monitor': [grantedTo(monitor).filter(isOfSchedule), []],
    'the function, with `vpc`': [provider((stack) => ({ vpc: new ec2.Vpc(stack, 'Vpc') })), provider(() => ({}))],
  };

  test('has a row for each feature', () => {
    expect(Object.keys(documented).sort()).toEqual(Object.keys(features).sort());
  });

  test.each(Object.entries(features))('has the actions of %s', (feature, [granted, before]) => {
    expect(documented[feature]).toEqual([...new Set(granted)].filter((action) => !before.includes(action)).sort());
  });
});

describe('the table of attempts', () => {
  const HOW_LONG: Record<string, (category: Category) => boolean> = {
    'until `timeout`, with growing random waits': (category) => again(category, 10, 10_000_000),
    'for the first minute': (category) => again(category, 10, 59_999) && !again(category, 10, 60_000),
    '`maxAttempts` times': (category) => again(category, 2, 10_000_000) && !again(category, 3, 0),
    once: (category) => !again(category, 0, 0),
    'for the first two minutes of a Create': (category) =>
      again(category, 10, 119_999, true) && !again(category, 10, 120_000, true),
  };
  const again = (category: Category, unreachable: number, elapsedMs: number, isComingUp = false) =>
    isWorthAnotherTry({ category, unreachable, maxAttempts: 3, elapsedMs, isComingUp });
  type Category = Parameters<typeof isWorthAnotherTry>[0]['category'];
  const rows = rowsOf(sectionOf(readme, 'Options')).flatMap(([categories = '', howLong = '']) =>
    howLong in HOW_LONG
      ? codeIn(categories.split(':')[0]!).map((category) => [category as Category, howLong] as const)
      : [],
  );

  test('has all categories, one of them twice', () => expect(rows).toHaveLength(18));

  test.each(rows)('says of %s that it is tried %s', (category, howLong) => {
    expect(HOW_LONG[howLong]!(category)).toBe(true);
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

  const described = (name: string) =>
    new RegExp(`^##### .${name}.<sup>[^]*?(?=^#{2,5} |$(?![^]))`, 'm').exec(
      sectionOf(api, 'ConnectionTestProps <a .*</a>'),
    )?.[0] ?? '';

  test.each(['timeout', 'maxAttempts', 'onFailure', 'onUnsupported', 'networkDiagnosis', 'metrics', 'everyDeployment'])(
    'has the default and the range of %s',
    (name) => {
      const [, meaning = '', inReadme = ''] = rowsOf(sectionOf(readme, 'Options')).find(
        ([cell]) => cell === `\`${name}\``,
      )!;
      const [, inApi = ''] = /^- \*Default:\* (.*)$/m.exec(described(name)) ?? [];

      expect(inReadme.replace(/^(\d+) minutes$/, 'Duration.minutes($1)').replaceAll('`', '')).toBe(inApi);
      for (const [range] of meaning.matchAll(/\d+( \w+)? to \d+( \w+)?/g)) {
        expect(described(name)).toContain(range);
      }
    },
  );

  test('has the defaults that the function has', () => {
    const contract = rowsOf(sectionOf(text('docs/cloudformation.md'), 'Properties'));
    const defaultOf = (name: string) => contract.find(([cell]) => cell === `\`${name}\``)![2];
    const [, maxAttempts] = /^- \*Default:\* (.*)$/m.exec(described('maxAttempts')) ?? [];

    expect(defaultOf('MaxAttempts')).toBe(maxAttempts);
    const stack = createStack();
    new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromName('orders') });
    expect(testResourceOf(stack).Properties.TimeoutSeconds).toBe(5 * 60);
  });

  test('is followed by all attributes', () => {
    const [, attributes = ''] = /A test has the attributes ([^.]*)\./.exec(readme) ?? [];
    const all = namesIn('ConnectionTest', 'Properties').filter((name) => name !== 'node');

    expect(codeIn(attributes).sort()).toEqual(all.sort());
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
  const resourcesIn = (stack: Stack) =>
    Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string }> };
  const customResource = (
    create: (stack: Stack, connection: ReturnType<typeof createConnection>) => void,
    url: string,
  ) => {
    const stack = createStack();
    create(stack, createConnection(stack, 'Orders', { properties: { JDBC_CONNECTION_URL: url, SECRET_ID: 'orders' } }));
    return Object.values(resourcesIn(stack).Resources).filter(({ Type }) => Type.startsWith('Custom::'));
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

    expect(JSON.stringify(resourcesIn(stack))).toContain('hunter2');
  });

  test('it takes two resources for each further test, ours takes one, or two', () => {
    const further = (create: (stack: Stack, id: string) => void) => {
      const count = (ids: string[]) => {
        const stack = new Stack(new App(), 'Stack');
        ids.forEach((id) => create(stack, id));
        return Object.keys(resourcesIn(stack).Resources).length;
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
