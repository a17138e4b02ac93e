import { cut, jsonBytes, quote } from '../base/json-text';
import { maskCredentials } from '../base/redaction/redactor';
import { onOneLine } from '../base/text';
import { factsOf } from '../failures/failure';
import type { SweepFailure, SweepSummary } from '../sweep/contract';

/** The attributes share an answer to CloudFormation of at most 4,096 bytes with its IDs. */
const REPORT_BYTES = 1_500;

const QUOTED_BYTES = 1_500;

/** Says which connections failed, by their names and categories, as far as they fit. */
export function failedNames(summary: SweepSummary, maxBytes: number): string {
  const { failed, tested } = summary;
  const beginning = `${failed} of ${tested} Glue connections failed: `;
  const names = asFarAsTheyFit(
    summary,
    maxBytes - jsonBytes(beginning),
    ', ',
    ({ name, category }) => `${name} (${category})`,
  );
  return `${beginning}${names}`;
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
  return `The sweep found no Glue connection to test: ${selected}${patterns}.`;
}

/** What an error of Step Functions says. */
export function said(error: unknown): string {
  const { name, message } = factsOf(error);
  return `${name}: ${quote(maskCredentials(message), QUOTED_BYTES)}`;
}

/** Why an execution has failed. Lambda's causes hold a trace, too, which helps nobody. */
export function causeOf({ error, cause }: { readonly error?: string; readonly cause?: string }): string {
  const text = errorMessageIn(cause ?? '') ?? cause;
  return `${orElse(error, 'no error')}: ${quote(maskCredentials(orElse(text, 'no cause')), QUOTED_BYTES)}`;
}

function orElse(text: string | undefined, otherwise: string): string {
  return text === undefined || text === '' ? otherwise : text;
}

function errorMessageIn(cause: string): string | undefined {
  try {
    const { errorMessage } = JSON.parse(cause) as { readonly errorMessage?: unknown };
    return typeof errorMessage === 'string' ? errorMessage : undefined;
  } catch {
    return undefined;
  }
}

function asFarAsTheyFit(
  { failures, failed }: SweepSummary,
  maxBytes: number,
  separator: string,
  textOf: (failure: SweepFailure) => string,
): string {
  const andMore = (count: number) => `… and ${count} more`;
  const room = maxBytes - jsonBytes(andMore(failed)) - separator.length;
  let left = room;
  const shown: string[] = [];
  for (const failure of failures) {
    // The first one alone may be longer.
    const text = shown.length === 0 ? cut(textOf(failure), room - separator.length) : textOf(failure);
    left -= jsonBytes(text) + separator.length;
    if (left < 0) {
      break;
    }
    shown.push(text);
  }
  const more = failed - shown.length;
  return [...shown, ...(more > 0 ? [andMore(more)] : [])].join(separator);
}
