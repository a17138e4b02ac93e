import { credentialsIn } from './credentials';
import { KnownSecrets } from './known-secrets';
import { readingsOf, type Range } from './readings';

/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

const MASK = '****';

/** Takes out secrets that are known, and credentials that can be told by how they are written. */
export class Redactor {
  private readonly known = new KnownSecrets();

  constructor(secrets: readonly string[] = []) {
    this.learn(...secrets);
  }

  /** From now on, these are secrets too. */
  learn(...secrets: readonly string[]): void {
    secrets.forEach((secret) => this.known.add(secret));
  }

  readonly redact: Redact = (text) => {
    const readings = readingsOf(text);
    return mask(text, [...this.known.find(readings), ...credentialsIn(readings)]);
  };
}

/** Takes out credentials that can be told by how they are written. */
export function maskCredentials(text: string): string {
  return mask(text, credentialsIn(readingsOf(text)));
}

/** One mask for whatever touches or overlaps. */
function mask(text: string, ranges: Range[]): string {
  let masked = '';
  let done = -1;
  for (const [start, end] of ranges.sort(([a], [b]) => a - b)) {
    masked += start > done ? text.slice(Math.max(done, 0), start) + MASK : '';
    done = Math.max(done, end);
  }
  return masked + text.slice(Math.max(done, 0));
}
