/** The lines that Lambda itself writes to a function's log. */

/** How the runtime came to the end of loading the function, or of one event. */
export type PhaseEnd = 'next' | 'exit' | 'timeout';

export interface Report {
  readonly requestId: string;
  readonly durationMs: number;
  /** With an environment's first event only. */
  readonly initDurationMs?: number;
  readonly memorySizeMb: number;
  readonly end: PhaseEnd;
}

export function startLine(requestId: string): string {
  return `START RequestId: ${requestId} Version: $LATEST`;
}

export function timeoutLine(requestId: string, reason: string): string {
  return `${new Date().toISOString()} ${requestId} ${reason}`;
}

export function endLine(requestId: string): string {
  return `END RequestId: ${requestId}`;
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html#node-logging-output */
export function reportLine({ requestId, durationMs, initDurationMs, memorySizeMb, end }: Report): string {
  const fields = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(durationMs + (initDurationMs ?? 0))} ms`,
    `Memory Size: ${memorySizeMb} MB`,
  ];
  if (initDurationMs !== undefined) {
    fields.push(`Init Duration: ${initDurationMs.toFixed(2)} ms`);
  }
  if (end !== 'next') {
    fields.push(`Status: ${end === 'exit' ? 'error' : end}`);
  }
  return fields.join('\t');
}
