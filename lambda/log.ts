import type { Redact } from './redaction';
import { onOneLine } from './text';

export interface LogEntry {
  readonly level: 'INFO' | 'WARN' | 'ERROR';
  /** What has happened, in the same words each time, for whoever filters. */
  readonly event: string;
  /** What has happened, for whoever reads: most viewers show nothing else. */
  readonly message: string;
  readonly [field: string]: string | number | undefined;
}

/** Writes one JSON object a line; callers name each field, so that nothing is logged by accident. */
export type Log = (entry: LogEntry) => void;

const MAX_MESSAGE = 600;

/** @param subject what each message is about */
export function createLog(requestId: string, subject: string, redact: Redact): Log {
  return ({ level, event, message, ...fields }) => {
    const text = subject === '' ? message : `${subject}: ${message}`;
    const masked = Object.entries({ requestId, level, message: text, event, ...fields }).map(([key, value]) => [
      key,
      typeof value === 'string' ? redact(value) : value,
    ]);
    const entry = Object.fromEntries(masked) as Record<string, unknown>;
    // Masked before it is cut, so that no secret is cut in half.
    process.stdout.write(`${JSON.stringify({ ...entry, message: onOneLine(String(entry.message), MAX_MESSAGE) })}\n`);
  };
}
