import { cut } from '../base/json-text';
import { firstCharacters } from '../base/text';

/**
 * How a sweep fits into the payloads of Step Functions, 256 KiB each, however many connections there are, and whatever
 * they are called. The largest one asks for `Fold`: a page with its results, and the summary so far.
 *
 * Sizes count each character outside of ASCII as its escape sequence, which is the longest form of JSON.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const PAYLOAD_BYTES = 256 * 1024;

/** The failures and the unmatched patterns of a summary. */
export const FAILURES_BYTES = 48_000;
export const UNMATCHED_BYTES = 4_000;

/** How many connections are tested again at most, with 14 bytes each. */
export const MAX_PENDING = 2_000;

/** The input of an execution, which goes with each request for a page. */
export const INPUT_BYTES = 16_000;

/** Items and results of one page. What is left of the payload is for names of members, and for a margin. */
const PAGE_BYTES = PAYLOAD_BYTES - FAILURES_BYTES - UNMATCHED_BYTES - 14 * MAX_PENDING - 20_000;

const MESSAGE_BYTES = 240;
const TYPE_CHARACTERS = 40;

/** An item and its result, without the name and the type: names of members, category, numbers. */
const FIXED_BYTES = 260;

/** How many of these names make a page: as many as fit, with the longest result that each may have. */
export function pageLength(items: readonly { readonly Name: string; readonly Type: string }[]): number {
  let left = PAGE_BYTES;
  const end = items.findIndex(({ Name, Type }) => {
    left -= payloadBytes(Name) + payloadBytes(Type) + MESSAGE_BYTES + FIXED_BYTES;
    return left < 0;
  });
  return end === -1 ? items.length : end;
}

/** The beginning of a message that a result or a summary has room for. */
export function shortMessage(message: string): string {
  return cut(message.replace(/\s+/g, ' '), MESSAGE_BYTES, payloadBytes);
}

/** Connection types are an enumeration; none of today's is longer. */
export function shortType(type: string): string {
  return firstCharacters(type.replace(/[^\x20-\x7E]/g, '?'), TYPE_CHARACTERS);
}

/** Counts the bytes that a text takes in JSON of ASCII alone, without the quotes. */
function payloadBytes(text: string): number {
  return asciiBytes(JSON.stringify(text)) - 2;
}

/** Counts the bytes of a JSON text, with each code unit outside of ASCII as an escape sequence. */
export function asciiBytes(json: string): number {
  return json.length + 5 * (json.match(/[^\0-\x7F]/g)?.length ?? 0);
}

/** The first of these that fit. */
export function fitting<T>(all: readonly T[], maxBytes: number): readonly T[] {
  let left = maxBytes;
  const end = all.findIndex((one) => {
    left -= asciiBytes(JSON.stringify(one)) + 1;
    return left < 0;
  });
  return end === -1 ? all : all.slice(0, end);
}
