import type { ResourceEvent } from './event';

/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

const MASK = '****';

/** A value that short is no secret, and masking it would make every text unreadable. */
const MIN_SECRET_LENGTH = 3;

const SECRET_KEY = /pass(word|wd|phrase)?|pwd|secret|token|credential|private|api_?key|signature/i;

/** Keys that only name a secret, as a connection's `SECRET_ID` does. */
const NAME_OF_SECRET_KEY = /secret_?(id|arn|name)$|^ServiceToken$/i;

/**
 * What an event makes secret: its response URL, and whatever its properties hold under a key that sounds like it. On
 * top of that, credentials inside URLs and `password=` in any form.
 */
export function createRedact(event: ResourceEvent): Redact {
  const secrets = new Set<string>();
  collectSecretKeys([event.properties, event.oldProperties], secrets);
  secrets.add(event.responseUrl.href);
  secrets.add(event.responseUrl.search.slice(1));
  const patterns = [...secrets]
    .filter((secret) => secret.length >= MIN_SECRET_LENGTH)
    .flatMap(variants)
    // A secret that contains another one has to go first.
    .sort((a, b) => b.length - a.length);
  return (text) => maskCredentials(patterns.reduce((rest, secret) => rest.replaceAll(secret, MASK), text));
}

/** Every string below a value. */
function collect(value: unknown, secrets: Set<string>): void {
  if (typeof value === 'string') {
    secrets.add(value);
  } else if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach((member) => collect(member, secrets));
  }
}

/** Every string below a key that sounds secret. */
function collectSecretKeys(value: unknown, secrets: Set<string>): void {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    if (SECRET_KEY.test(key) && !NAME_OF_SECRET_KEY.test(key)) {
      collect(member, secrets);
    } else {
      collectSecretKeys(member, secrets);
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

/** `//user:password@host`, Oracle's `user/password@host`, and `password=…`, plain or percent-encoded. */
function maskCredentials(text: string): string {
  return text
    .replace(/((?::|%3A)(?:\/|%2F){2}[^\s/?#@:]{0,256}(?::|%3A))[^\s/]{1,1024}(@|%40)/gi, `$1${MASK}$2`)
    .replace(/(:(?:thin|oci\d?):[^\s/@]{1,256}\/)[^\s@]{1,1024}@/gi, `$1${MASK}@`)
    .replace(
      /((?:password|passwd|passphrase|pwd|secret|token|api_?key|signature)"?\s{0,8}(?:=|%3D|":))(?:\s{0,8}"[^"]{0,4096}"|[^\s;&,)"']{1,4096})/gi,
      `$1${MASK}`,
    );
}
