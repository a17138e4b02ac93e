/**
 * What a name says about its value. The constructs refuse secrets in a template and the handler masks them, and both
 * use this one list. Names come as Glue, OAuth2, drivers and Spark write them: `PASSWORD`, `clientSecret`,
 * `spark.cosmos.accountKey`, `api key`.
 *
 * This file holds only constants and functions of names, because the constructs load it, and nothing else of the
 * handler.
 */

/** A name that contains one of these is the name of a secret, or of something that holds one. */
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

/**
 * Names whose values only name a secret or its version, such as a connection's `SECRET_ID` or a trigger
 * `passwordVersion`.
 */
const NAMES_A_SECRET =
  /(?:(?:secret|password|token)s?|credentials?)[ _.-]?(?:id|arn|name|version|revision|stage|date)$|^ServiceToken$|^TokenUrl$/i;

/**
 * Whether the value itself is a secret. Use it to refuse values: it is strict, because there is no way around a
 * refusal.
 */
export function isSecretName(name: string): boolean {
  return ENDS_WITH_WORD.test(name) && !NAMES_A_SECRET.test(name);
}

/** Whether the value is a secret or holds one. Use it to mask values, where a false match does no harm. */
export function soundsSecret(name: string): boolean {
  return HOLDS_WORD.test(name) && !NAMES_A_SECRET.test(name);
}
