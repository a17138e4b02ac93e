import type { Redact } from './redaction/redactor';
import { onOneLine } from './text';

export interface LogEntry {
  readonly level: 'INFO' | 'WARN' | 'ERROR';
  /** What has happened, in the same words each time, for whoever filters. */
  readonly event: string;
  /** What has happened, for whoever reads: most viewers show nothing else. */
  readonly message: string;
  readonly [field: string]: string | number | readonly string[] | undefined;
}

/** Writes one JSON object a line; callers name each field, so that nothing is logged by accident. */
export type Log = (entry: LogEntry) => void;

const MAX_MESSAGE = 600;

/** @param subject what each message is about */
export function createLog(requestId: string, subject: string, redact: Redact): Log {
  return ({ level, event, message, ...fields }) => {
    const mask = (value: LogEntry[string]) =>
      typeof value === 'string' ? redact(value) : typeof value === 'object' ? value.map(redact) : value;
    const masked = Object.entries(fields).map(([key, value]) => [key, mask(value)]);
    // The subject is masked apart: a connection called `password` must not make a credential of what follows it.
    const text = subject === '' ? redact(message) : `${redact(subject)}: ${redact(message)}`;
    const entry = {
      requestId: redact(requestId),
      level,
      // Masked before it is cut, so that no secret is cut in half.
      message: onOneLine(text, MAX_MESSAGE),
      event,
      ...(Object.fromEntries(masked) as Record<string, unknown>),
    };
    process.stdout.write(`${JSON.stringify(entry)}\n`);
  };
}
