import { secretsIn } from '../properties/secrets-in-properties';
import type { ResourceEvent } from './event';

/** Triggers are versions and dates by what they are for; only what is longer can be a secret. */
const MIN_TRIGGER_LENGTH = 8;

/**
 * The secrets of an event: its response URL, which is a credential, and whatever its properties hold under a key that
 * sounds secret, or as a credential in a longer value.
 */
export function secretsOf({ responseUrl, properties, oldProperties }: ResourceEvent): string[] {
  const inProperties = [properties, oldProperties].flatMap(({ Triggers, ...others }) => [
    ...secretsIn(others),
    ...secretsIn(Triggers).filter(({ length }) => length >= MIN_TRIGGER_LENGTH),
  ]);
  return [...inProperties, responseUrl.href, responseUrl.search.slice(1)];
}
