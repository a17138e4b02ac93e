import type { ResourceEvent } from './event';
import { SECRET_REFERENCE } from './model';

/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

const MASK = '****';

/** A value that short is no secret, and masking it would make every text unreadable. */
const MIN_SECRET_LENGTH = 3;

/** Triggers are versions and dates by what they are for; only what is longer can be a secret. */
const MIN_TRIGGER_LENGTH = 8;

const SECRET_KEY =
  /pass(word|wd|phrase)?|pwd|secret|token|credential|assertion|authorization_?code|^code$|(private|api|access)_?key|signature/i;

/** Keys that only name a secret or count its versions, as a connection's `SECRET_ID` or a trigger `passwordVersion`. */
const NAME_OF_SECRET_KEY =
  /((secret|password|token)s?|credentials?)[_-]?(id|arn|name|version|revision|stage|date)$|^ServiceToken$|^TokenUrl$/i;

/** Members of Glue's input that sound secret but are only around what is: each of their own members tells for itself. */
const AROUND_SECRETS: ReadonlySet<string> = new Set([
  'AuthorizationCodeProperties',
  'BasicAuthenticationCredentials',
  'TokenUrlParametersMap',
]);

/** Its values are secrets, whatever their keys. */
const CUSTOM_CREDENTIALS = 'CustomAuthenticationCredentials';

/**
 * Takes secrets out of texts: the event's response URL, whatever its properties hold under a key that sounds secret,
 * what was read from Secrets Manager; on top of that, credentials inside URLs and `password=` in any form.
 */
export class Redactor {
  /** Made when they are next needed: many secrets may be learnt at once. */
  private patterns: readonly string[] | undefined;
  private readonly secrets = new Set<string>();

  constructor(event: ResourceEvent) {
    for (const { Triggers, ...properties } of [event.properties, event.oldProperties]) {
      collectSecrets(properties, MIN_SECRET_LENGTH, this.secrets);
      collectSecrets(Triggers, MIN_TRIGGER_LENGTH, this.secrets);
    }
    this.learn(event.responseUrl.href, event.responseUrl.search.slice(1));
  }

  /** From now on, these are secrets too. */
  learn(...secrets: readonly string[]): void {
    for (const secret of secrets.filter(({ length }) => length >= MIN_SECRET_LENGTH)) {
      this.secrets.add(secret);
    }
    this.patterns = undefined;
  }

  readonly redact: Redact = (text) => {
    // A secret that contains another one has to go first.
    this.patterns ??= [...this.secrets].flatMap(variants).sort((a, b) => b.length - a.length);
    return maskCredentials(this.patterns.reduce((rest, secret) => rest.replaceAll(secret, MASK), text));
  };
}

/** Every string below a key that sounds secret, however deep: without recursion, since an event is not to be trusted. */
function collectSecrets(root: unknown, minLength: number, secrets: Set<string>): void {
  const left: { readonly key: string; readonly value: unknown; readonly isSecret: boolean }[] = [
    { key: '', value: root, isSecret: false },
  ];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { key, value, isSecret } = next;
    if (typeof value === 'string' && isSecret && value.length >= minLength) {
      secrets.add(value);
    }
    if (typeof value !== 'object' || value === null || (isReference(value) && key !== CUSTOM_CREDENTIALS)) {
      continue;
    }
    const isInherited = isSecret && !AROUND_SECRETS.has(key);
    for (const [name, member] of Object.entries(value)) {
      const soundsSecret = SECRET_KEY.test(name) && !NAME_OF_SECRET_KEY.test(name);
      left.push({ key: name, value: member, isSecret: isInherited || soundsSecret });
    }
  }
}

/** Whether it only names a secret, which is still to be read: `{ SecretId, JsonKey?, VersionStage? }`. */
function isReference(value: object): boolean {
  const names = Object.keys(value);
  return names.includes('SecretId') && names.every((name) => Object.hasOwn(SECRET_REFERENCE.members, name));
}

/** The forms in which a secret comes back in a message. */
function variants(secret: string): string[] {
  // Drivers trim what they are given, and messages put it on one line.
  const plain = [secret, secret.trim(), secret.trim().replace(/\s+/g, ' ')];
  return [...new Set(plain.filter(({ length }) => length >= MIN_SECRET_LENGTH).flatMap(encodings))];
}

function encodings(text: string): string[] {
  // Through a buffer, since half of a surrogate pair can't be percent-encoded.
  const bytes = Buffer.from(text);
  const encoded = encodeURIComponent(bytes.toString());
  const escape = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  // RFC 3986 and Java's form encoding each encode more than JavaScript does.
  const strict = encoded.replace(/[!'()*]/g, escape);
  const form = encoded.replace(/[!'()~]/g, escape).replaceAll('%20', '+');
  const percent = [encoded, strict, form, encoded.replaceAll('%20', '+')];
  const lowerCase = percent.map((value) => value.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
  return [text, ...percent, ...lowerCase, JSON.stringify(text).slice(1, -1), bytes.toString('base64')];
}

/** `//user:password@host`, plain and percent-encoded, and Oracle's `user/password@host`. */
const URL_CREDENTIALS: readonly RegExp[] = [
  /(:\/\/[^\s/?#:]{0,256}:)[^\s/]{1,4096}(?=@)/g,
  /(%3A%2F%2F(?:(?!%3A|%40|%2F)\S){0,256}%3A)(?:(?!%2F)\S){1,4096}(?=%40)/gi,
  /(:(?:thin|oci\d?):[^\s/@]{1,256}\/)[^\s/@]{1,256}(?=@)/gi,
];

/** `password=…` with or without quotes, percent-encoded, and `"password":"…"`, also inside JSON that is a string. */
const ASSIGNMENT = new RegExp(
  '((?:password|passwd|passphrase|pwd|secret|token|credentials?|(?:api|private|access)_?key|signature)' +
    String.raw`(?:\\{0,8}["']\s{0,8}:|\\{0,8}["']?\s{0,8}(?:=|%3D))\s{0,8})` +
    String.raw`(?:\{[^}]{0,4096}\}?|\\{0,8}"(?:[^"\\]|\\.){0,4096}"?|\\{0,8}'(?:[^'\\]|\\.){0,4096}'?|[^\s;&,}"]{1,4096})`,
  'gi',
);

/** An HTTP header that carries a token. */
const BEARER = /(\bBearer\s{1,8})[^\s,;"']{8,4096}/gi;

/** One that carries a user name and a password in Base64: no word, since there is more than letters, or `aB` in the middle. */
const BASIC = /(\b[Bb][Aa][Ss][Ii][Cc]\s{1,8}(?=[A-Za-z]{0,256}?(?:[\d+/=]|[a-z][A-Z])))[^\s,;"']{8,4096}/g;

/** Each of these patterns needs one of them. Most of what comes here are names: they need not compile the patterns. */
const SEPARATOR = /[\s:=%]/;

/** Credentials that can be told by what stands around them alone. */
export function maskCredentials(text: string): string {
  if (!SEPARATOR.test(text)) {
    return text;
  }
  return [...URL_CREDENTIALS, BEARER, BASIC, ASSIGNMENT].reduce(
    (rest, pattern) => rest.replace(pattern, `$1${MASK}`),
    text,
  );
}
