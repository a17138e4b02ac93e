import { isRecord } from './intrinsic';

/** The value with each scalar in it as a string, which is how CloudFormation stores and sends them. */
export function stringify(value: unknown): unknown {
  if (Array.isArray(value)) {
    return Array.from(value, stringify);
  }
  if (isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, stringify(member)]));
  }
  return String(value);
}
