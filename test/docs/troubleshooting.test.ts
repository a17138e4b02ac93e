import { classify } from '../../lambda/failures/failure';
import { sectionOf, text } from './pages';

const withoutCode = (text: string) => text.replace(/[`']/g, '').replace(/\s+/g, ' ').toLowerCase();

describe('the page of messages', () => {
  const questions = sectionOf(text('docs/troubleshooting.md'), 'Messages')
    .split(/^### /m)
    .slice(1)
    .flatMap((question) => {
      const [, ...parts] = /^`(.*)`\n\n`([A-Z_]+)`\. ([^]*)$/.exec(question) ?? [];
      return parts.length === 0 ? [] : [parts as [string, string, string]];
    });

  test('asks about twelve messages', () => expect(questions).toHaveLength(12));

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
