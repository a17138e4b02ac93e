import { maskCredentials } from '../../lambda/base/redaction/redactor';
import packageJson from '../package.json';
import { readArguments } from './arguments/program';
import { plainLine } from './output/plain';
import { UsageError } from './arguments/usage-error';

/** Nothing was tested. */
const NOTHING_TESTED = 2;

/** How a shell tells that a program has ended by a signal: 128, and the signal's number. */
const INTERRUPTED = { SIGINT: 130, SIGTERM: 143 } as const;

/** How long what has ended may take to be reported after a signal. */
const REPORTING_MS = 800;

async function main(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    // Whoever reads the output may stop reading, as `head` does. The exit code still counts.
    stream.on('error', () => undefined);
  }
  const controller = new AbortController();
  let interrupted: number | undefined;
  for (const [signal, code] of Object.entries(INTERRUPTED)) {
    process.on(signal, () => {
      if (interrupted !== undefined) {
        process.exit(code);
      }
      interrupted = code;
      controller.abort();
      setTimeout(() => process.exit(code), REPORTING_MS);
    });
  }
  const code = await exitCodeOf(controller.signal);
  exitWith(interrupted ?? code);
}

async function exitCodeOf(signal: AbortSignal): Promise<number> {
  try {
    const instruction = readArguments(process.argv.slice(2), packageJson.version);
    if ('exitCode' in instruction) {
      return instruction.exitCode;
    }
    // The help and a mistyped option take no time to load the SDK.
    const { runCommand } = await import('./command');
    return await runCommand(instruction.options, packageJson.version, signal);
  } catch (error) {
    // What was not expected has not been masked.
    const message = error instanceof UsageError ? error.message : `unexpected ${maskCredentials(String(error))}`;
    const lines = message.split('\n').map(plainLine);
    process.stderr.write(`glue-connection-test: ${lines.join('\n')}.\n`.replace(/([.?])\.\n$/, '$1\n'));
    return NOTHING_TESTED;
  }
}

/** Ends the program when all that was written has left it: an attempt may still wait for Glue. */
function exitWith(code: number): void {
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
}

void main();
