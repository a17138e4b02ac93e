/**
 * What names say of their values: the one list for the constructs, which refuse secrets in a template, and for the
 * handler, which masks them. Names come as Glue, OAuth2, drivers and Spark write them: `PASSWORD`, `clientSecret`,
 * `spark.cosmos.accountKey`, `api key`.
 *
 * Constants and functions of names only: the constructs load this file, and nothing else of the handler.
 */

/** A name that holds one of them is that of a secret, or of what is around one. */
const WORDS = [
  'pass(?:word|wd|phrase|code)?',
  'pwd',
  String.raw`(?<![a-z\d])pw\d*(?![a-z])`,
  'secret',
  'token',
  'credentials?',
  'assertion',
  'signature',
  'authorization[ _.-]?code',
  '^code$',
  '(?:access|account|api|encryption|master|private|secret|shared|storage|subscription)[ _.-]?key',
].join('|');

const HOLDS_WORD = new RegExp(WORDS, 'i');
const ENDS_WITH_WORD = new RegExp(`(?:${WORDS})$`, 'i');

/** Words that also stand in names of secrets, but more often in others. */
const VAGUE_WORD = /cred|code|key/i;

/** Names that only name a secret or count its versions, as a connection's `SECRET_ID` or a trigger `passwordVersion`. */
const NAMES_A_SECRET =
  /(?:(?:secret|password|token)s?|credentials?)[ _.-]?(?:id|arn|name|version|revision|stage|date)$|^ServiceToken$|^TokenUrl$/i;

/** The same, as far as the last word tells. */
const MAY_NAME_A_SECRET = /(?:id|arn|name|url|uri|path|location)$/i;

/** Whether the value is a secret itself: for what is refused, since there is no way around a refusal. */
export function isSecretName(name: string): boolean {
  return ENDS_WITH_WORD.test(name) && !NAMES_A_SECRET.test(name);
}

/** Whether the value is a secret or holds one: for what is masked, where a word too many does no harm. */
export function soundsSecret(name: string): boolean {
  return HOLDS_WORD.test(name) && !NAMES_A_SECRET.test(name);
}

/** Whether the value may be a secret, or hold one: for what can be left out at no cost. */
export function maySoundSecret(name: string): boolean {
  return HOLDS_WORD.test(name) || VAGUE_WORD.test(name);
}

/** Whether a name that may sound secret says no more than where a secret is. */
export function mayNameSecret(name: string): boolean {
  return MAY_NAME_A_SECRET.test(name);
}
