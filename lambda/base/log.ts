import type { Carrier } from './metrics';
import type { Redact } from './redaction/redactor';
import { onOneLine } from './text';

export interface LogEntry {
  readonly level: 'INFO' | 'WARN' | 'ERROR';
  /** What happened, always in the same words, for filtering. */
  readonly event: string;
  /** What happened, for the reader: most viewers show nothing else. */
  readonly message: string;
  readonly [field: string]: string | number | readonly string[] | Carrier['_aws'] | undefined;
}

/** Writes one JSON object per line. Callers name each field, so that nothing is logged by accident. */
export type Log = (entry: LogEntry) => void;

const MAX_MESSAGE = 600;

/** @param subject what each message is about */
export function createLog(requestId: string, subject: string, redact: Redact): Log {
  return ({ level, event, message, ...fields }) => {
    const mask = (value: LogEntry[string]) =>
      typeof value === 'string' ? redact(value) : Array.isArray(value) ? value.map(redact) : value;
    const masked = Object.entries(fields).map(([key, value]) => [key, mask(value)]);
    // Mask the subject separately: otherwise, what follows a connection called `password` would look like a credential.
    const text = subject === '' ? redact(message) : `${redact(subject)}: ${redact(message)}`;
    const entry = {
      requestId: redact(requestId),
      level,
      // Mask the message before cutting it, so that no secret is cut in half.
      message: onOneLine(text, MAX_MESSAGE),
      event,
      ...(Object.fromEntries(masked) as Record<string, unknown>),
    };
    process.stdout.write(`${JSON.stringify(entry)}\n`);
  };
}
