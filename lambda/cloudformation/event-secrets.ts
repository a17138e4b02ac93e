import { secretsIn } from '../properties/secrets-in-properties';
import type { AnswerableEvent } from './event';

/** Triggers are meant for versions and dates, so only longer values can be secrets. */
const MIN_TRIGGER_LENGTH = 8;

/**
 * Returns the secrets of an event. Its response URL is one, because it is a credential. So is any value below a key
 * that sounds secret, and any credential inside a longer value.
 */
export function secretsOf({ responseUrl, properties, oldProperties }: AnswerableEvent): string[] {
  const inProperties = [properties, oldProperties].flatMap(({ Triggers, ...others }) => [
    ...secretsIn(others),
    ...secretsIn(Triggers).filter(({ length }) => length >= MIN_TRIGGER_LENGTH),
  ]);
  return [...inProperties, responseUrl.href, responseUrl.search.slice(1)];
}
