import { credentialsIn } from './credentials';
import { KnownSecrets } from './known-secrets';
import { readingsOf, type Range } from './readings';

/** Masks the secrets in a text. */
export type Redact = (text: string) => string;

const MASK = '****';

/** Masks known secrets, and credentials that it recognizes by the way they are written. */
export class Redactor {
  private readonly known = new KnownSecrets();

  constructor(secrets: readonly string[] = []) {
    this.learn(...secrets);
  }

  /** Adds secrets to mask from now on. */
  learn(...secrets: readonly string[]): void {
    secrets.forEach((secret) => this.known.add(secret));
  }

  readonly redact: Redact = (text) => {
    const readings = readingsOf(text);
    return mask(text, [...this.known.find(readings), ...credentialsIn(readings)]);
  };
}

/** Masks credentials that it recognizes by the way they are written. */
export function maskCredentials(text: string): string {
  return mask(text, credentialsIn(readingsOf(text)));
}

/** Puts one mask over ranges that touch or overlap. */
function mask(text: string, ranges: Range[]): string {
  let masked = '';
  let done = -1;
  for (const [start, end] of ranges.sort(([a], [b]) => a - b)) {
    masked += start > done ? text.slice(Math.max(done, 0), start) + MASK : '';
    done = Math.max(done, end);
  }
  return masked + text.slice(Math.max(done, 0));
}
