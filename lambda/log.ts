import type { Redact } from './redaction';

export interface LogEntry {
  readonly level: 'INFO' | 'WARN' | 'ERROR';
  readonly message: string;
  readonly [field: string]: string | number | undefined;
}

/** Writes one JSON object a line; callers name each field, so that nothing is logged by accident. */
export type Log = (entry: LogEntry) => void;

export function createLog(requestId: string, redact: Redact): Log {
  return (entry) => {
    const fields = Object.entries({ requestId, ...entry }).map(([key, value]) => [
      key,
      typeof value === 'string' ? redact(value) : value,
    ]);
    process.stdout.write(`${JSON.stringify(Object.fromEntries(fields))}\n`);
  };
}
