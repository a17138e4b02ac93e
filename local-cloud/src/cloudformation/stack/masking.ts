import type { Properties } from '../resource-handler';
import { isRecord } from '../template/intrinsic';

/**
 * The value with each secret replaced by asterisks, wherever it occurs.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function mask(properties: Properties, secrets: readonly string[]): Properties {
  if (secrets.length === 0) {
    return properties;
  }
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, masked(value, secrets)]));
}

function masked(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') {
    return secrets.reduce((text, secret) => text.replaceAll(secret, '****'), value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => masked(item, secrets));
  }
  return isRecord(value) ? mask(value, secrets) : value;
}

/** Every non-empty text in the value. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return value === '' ? [] : [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
