import type { ResourceEvent } from './event';

/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

const MASK = '****';

/** A value that short is no secret, and masking it would make every text unreadable. */
const MIN_SECRET_LENGTH = 3;

/** Triggers are versions and dates by what they are for; only what is longer can be a secret. */
const MIN_TRIGGER_LENGTH = 8;

const SECRET_KEY = /pass(word|wd|phrase)?|pwd|secret|token|credential|(private|api|access)_?key|signature/i;

/** Keys that only name a secret or count its versions, as a connection's `SECRET_ID` or a trigger `passwordVersion`. */
const NAME_OF_SECRET_KEY =
  /(secret|password|token|credentials?)[_-]?(id|arn|name|version|revision|stage|date)$|^ServiceToken$/i;

/**
 * What an event makes secret: its response URL, and whatever its properties hold under a key that sounds like it. On
 * top of that, credentials inside URLs and `password=` in any form.
 */
export function createRedact(event: ResourceEvent): Redact {
  const secrets = new Set<string>();
  for (const { Triggers, ...properties } of [event.properties, event.oldProperties]) {
    collectSecretKeys(properties, MIN_SECRET_LENGTH, secrets);
    collectSecretKeys(Triggers, MIN_TRIGGER_LENGTH, secrets);
  }
  secrets.add(event.responseUrl.href);
  secrets.add(event.responseUrl.search.slice(1));
  const patterns = [...secrets]
    .filter((secret) => secret.length > 0)
    .flatMap(variants)
    // A secret that contains another one has to go first.
    .sort((a, b) => b.length - a.length);
  return (text) => maskCredentials(patterns.reduce((rest, secret) => rest.replaceAll(secret, MASK), text));
}

/** Every string below a key that sounds secret, however deep: without recursion, since an event is not to be trusted. */
function collectSecretKeys(root: unknown, minLength: number, secrets: Set<string>): void {
  const left: { readonly value: unknown; readonly isSecret: boolean }[] = [{ value: root, isSecret: false }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value, isSecret } = next;
    if (typeof value === 'string' && isSecret && value.length >= minLength) {
      secrets.add(value);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, member] of Object.entries(value)) {
        left.push({ value: member, isSecret: isSecret || (SECRET_KEY.test(key) && !NAME_OF_SECRET_KEY.test(key)) });
      }
    }
  }
}

/** The forms in which a secret comes back in a message. */
function variants(secret: string): string[] {
  // Through a buffer, since half of a surrogate pair can't be percent-encoded.
  const encoded = encodeURIComponent(Buffer.from(secret).toString());
  const lowerCase = encoded.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [...new Set([secret, encoded, lowerCase, encoded.replaceAll('%20', '+'), inJson])];
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
    String.raw`(?:\{[^}]{0,2048}\}|\\{0,8}"(?:[^"\\]|\\.){0,4096}"?|\\{0,8}'(?:[^'\\]|\\.){0,4096}'?|[^\s;&,}"]{1,4096})`,
  'gi',
);

/** An HTTP header that carries a token. */
const BEARER = /(\bBearer\s{1,8})[^\s,;"']{8,4096}/gi;

/** Credentials that can be told by what stands around them alone. */
export function maskCredentials(text: string): string {
  return [...URL_CREDENTIALS, BEARER, ASSIGNMENT].reduce((rest, pattern) => rest.replace(pattern, `$1${MASK}`), text);
}
