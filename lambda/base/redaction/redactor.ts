import { credentialsIn } from './credentials';
import type { ResourceEvent } from '../../cloudformation/event';
import { KnownSecrets } from './known-secrets';
import { readingsOf, type Range } from './readings';
import { secretsIn } from '../../properties/secrets-in-properties';

/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

const MASK = '****';

/** Triggers are versions and dates by what they are for; only what is longer can be a secret. */
const MIN_TRIGGER_LENGTH = 8;

/**
 * Takes secrets out of texts: the event's response URL, whatever its properties hold under a key that sounds secret
 * or as a credential in a longer value, what was read from Secrets Manager; on top of that, credentials that can be told by how they are written.
 */
export class Redactor {
  private readonly known = new KnownSecrets();

  constructor(event: ResourceEvent) {
    for (const { Triggers, ...properties } of [event.properties, event.oldProperties]) {
      secretsIn(properties).forEach((secret) => this.known.add(secret));
      secretsIn(Triggers)
        .filter(({ length }) => length >= MIN_TRIGGER_LENGTH)
        .forEach((secret) => this.known.add(secret));
    }
    this.learn(event.responseUrl.href, event.responseUrl.search.slice(1));
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
