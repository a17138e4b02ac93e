import { classify } from '../../../lambda/failures/failure';
import type { SeenText } from '../../../tools/verify-aws/seen-texts';
import seen from './seen.json';

/** An exception for everything that is wrong says nothing: the text itself has to be known then. */
const SAYS_NOTHING = 'InvalidInputException';

const unclassified = (texts: readonly SeenText[]) =>
  texts.filter(({ exception, text }) => {
    const name = exception === SAYS_NOTHING ? 'Error' : exception;
    return classify(Object.assign(new Error(text), { name }), (same) => same).category === 'UNKNOWN';
  });

test('each text that AWS has sent, word for word, is classified', () => {
  expect(unclassified(seen)).toEqual([]);
});

test('fails when a text is not known, or only its exception is', () => {
  const place = { connection: 'Classic', date: '2026-01-31', region: 'eu-west-1' };
  const known = { exception: SAYS_NOTHING, text: 'Connect timed out', ...place };
  const named = { exception: 'EntityNotFoundException', text: 'Something that nobody has seen', ...place };
  const unknown = { exception: SAYS_NOTHING, text: 'Something that nobody has seen', ...place };

  expect(unclassified([known, named, unknown])).toEqual([unknown]);
});
