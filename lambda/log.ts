/** Writes one JSON object a line; callers name each field, so that nothing is logged by accident. */
export type Log = (entry: Readonly<Record<string, unknown>> & { readonly message: string }) => void;

export function createLog(requestId: string): Log {
  return (entry) => {
    process.stdout.write(`${JSON.stringify({ level: 'INFO', requestId, ...entry })}\n`);
  };
}
