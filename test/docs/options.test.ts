import { isWorthAnotherTry } from '../../lambda/failures/retry';
import { ConnectionTarget, ConnectionTest } from '../../lib/index';
import { createStack, testResourceOf } from '../lib/harness';
import { codeIn, rowsOf, sectionOf, text } from './pages';

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
  const rows = rowsOf(sectionOf(text('docs/guide.md'), 'Options')).flatMap(([categories = '', howLong = '']) =>
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
  const guide = text('docs/guide.md');
  const api = text('API.md');
  const namesIn = (heading: string, kind: string) =>
    rowsOf(sectionOf(sectionOf(api, `${heading} <a .*</a>`), `${kind} <a .*</a>`)).map(
      ([name = '']) => /">(\w+)<\/a>/.exec(name)?.[1],
    );
  const options = rowsOf(sectionOf(guide, 'Options')).map(([name = '']) => codeIn(name)[0]!);

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
      const [, meaning = '', inGuide = ''] = rowsOf(sectionOf(guide, 'Options')).find(
        ([cell]) => cell === `\`${name}\``,
      )!;
      const [, inApi = ''] = /^- \*Default:\* (.*)$/m.exec(described(name)) ?? [];

      expect(inGuide.replace(/^(\d+) minutes$/, 'Duration.minutes($1)').replaceAll('`', '')).toBe(inApi);
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
    const [, attributes = ''] = /A test has the attributes ([^.]*)\./.exec(guide) ?? [];
    const all = namesIn('ConnectionTest', 'Properties').filter((name) => name !== 'node');

    expect(codeIn(attributes).sort()).toEqual(all.sort());
  });

  test('has all targets', () => {
    const targets = namesIn('ConnectionTarget', 'Static Functions');

    expect(targets).toContain('fromName');
    expect(options.map((name) => /^ConnectionTarget\.(\w+)/.exec(name)?.[1])).toEqual(expect.arrayContaining(targets));
  });

  test('the guide has all options of a provider', () => {
    const provider = rowsOf(sectionOf(guide, 'The function')).flatMap(([names = '']) => codeIn(names));

    expect(provider.sort()).toEqual(namesIn('ConnectionTestProviderProps', 'Properties').sort());
  });
});
