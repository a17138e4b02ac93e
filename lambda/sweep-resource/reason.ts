import { cut, jsonBytes } from '../base/json-text';
import { onOneLine } from '../base/text';
import type { SweepFailure, SweepSummary } from '../sweep/contract';

/** An answer to CloudFormation has at most 4,096 bytes. The rest is for its IDs and for what the framework adds. */
const NAMES_BYTES = 2_200;
const REPORT_BYTES = 1_500;

/** Says which connections failed, by their names and categories, as far as they fit. */
export function failedNames(summary: SweepSummary): string {
  return asFarAsTheyFit(summary, NAMES_BYTES, ', ', ({ name, category }) => `${name} (${category})`);
}

/** Says which connections failed and why, as far as it fits. */
export function report(summary: SweepSummary): string {
  const text = ({ name, category, message }: SweepFailure) => `${name} (${category}): ${onOneLine(message, 150)}`;
  return asFarAsTheyFit(summary, REPORT_BYTES, '; ', text);
}

/** Says that there was nothing to test, and what there is. */
export function nothingFound({ listed, unmatched }: SweepSummary): string {
  const patterns = unmatched.length === 0 ? '' : `; no name matches ${unmatched.join(', ')}`;
  const selected =
    listed === 0 ? 'the Data Catalog holds none' : `none of the ${listed} in the Data Catalog is selected`;
  return cut(`The sweep found no Glue connection to test: ${selected}${patterns}.`, NAMES_BYTES);
}

function asFarAsTheyFit(
  { failures, failed }: SweepSummary,
  maxBytes: number,
  separator: string,
  textOf: (failure: SweepFailure) => string,
): string {
  let left = maxBytes;
  const shown: string[] = [];
  for (const failure of failures) {
    const text = textOf(failure);
    left -= jsonBytes(text) + separator.length;
    if (left < 0) {
      break;
    }
    shown.push(text);
  }
  const more = failed - shown.length;
  return [...shown, ...(more > 0 ? [`… and ${more} more`] : [])].join(separator);
}
