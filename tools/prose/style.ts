import type { Look } from './sentences';

/** How we write: what a native speaker reads once, in the order of the words. */
const MOST_WORDS = 30;
const MOST_PASSIVES = 1;

const PARTICIPLES =
  'been|begun|bought|brought|built|chosen|done|drawn|found|given|held|kept|known|laid|left|lost|made|met|paid|put|seen|sent|set|shown|taken|thought|told|understood|written';
const PASSIVE = new RegExp(
  `\\b(?:is|are|was|were|be|been|being)\\s+(?:(?:not|never|also|only|then|already|\\w+ly)\\s+)*(?:(?!un)\\w+ed|${PARTICIPLES})\\b`,
  'gi',
);

/** What we don't write, and what instead. */
const PHRASES: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/(?:^|[:;] )of [^,.:;]{1,60}, /i, 'the subject first, not "of X, …"'],
  [/\bfor want of\b/i, '"without"'],
  [/\b(?:is|are|was|were) to (?:be|say|go|wait|come|hold|have)\b/i, '"must" or "will"'],
  [/\bwho ?ever\b/i, '"anyone who", or name them'],
  [/\bneed(?:s)? not\b/i, '"does not have to", or say what is true'],
  [/\b(?:stands?|lies?) (?:in|below|beside)\b/i, '"is in"'],
  [/\banew\b/i, '"again"'],
  [/\bbeside(?:s)?\b/i, '"next to" or "as well as"'],
  [/\ball (?:that|of which)\b/i, '"everything that"'],
  [/\bto be had\b/i, '"available"'],
  [/\b(?:whereby|thereof|thereby|herein|hence|thus)\b/i, 'plain words'],
  [/\bin order to\b/i, '"to"'],
  [/\b(?:utilize|leverage|facilitate)s?\b/i, '"use" or "help"'],
  [/\b(?:simply|obviously|basically|of course|please note)\b/i, 'nothing'],
  [/\b(?:an?|one|the) [\w-]+ of (?:yours|ours)\b/i, '"your own …"'],
  [/\bby itself\b.*\bby itself\b/i, '"automatically", once'],
  [/\bmend(?:s|ed)?\b/i, '"fix"'],
  [/\bwhat has not\b/i, 'the subject first'],
];

export const STYLE: Readonly<Record<string, Look>> = {
  'sentence-length': (sentence) => {
    const words = sentence.split(/\s+/).filter((word) => /\w/.test(word)).length;
    return words > MOST_WORDS ? `${words} words in a sentence, at most ${MOST_WORDS}: break it up` : undefined;
  },
  'passive-chain': (sentence) => {
    const passives = sentence.match(PASSIVE) ?? [];
    return passives.length > MOST_PASSIVES ? `${passives.join(', ')}: say who does it` : undefined;
  },
  phrases: (sentence) => {
    const found = PHRASES.find(([pattern]) => pattern.test(sentence));
    return found && `"${found[0].exec(sentence)?.[0].trim() ?? ''}": write ${found[1]}`;
  },
};
