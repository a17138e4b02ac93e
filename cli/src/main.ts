import { maskCredentials } from '../../lambda/base/redaction/redactor';
import packageJson from '../package.json';
import { readArguments } from './arguments/program';
import { plainLine } from './output/plain';
import { sentenceOnWriting } from './output/write-error';
import { UsageError } from './arguments/usage-error';

/** Nothing was tested, or a report is lost. */
const NO_REPORT = 2;

/** How a shell tells that a program has ended by a signal: 128, and the signal's number. */
const INTERRUPTED = { SIGINT: 130, SIGTERM: 143 } as const;

/** How long what has ended may take to be reported after a signal. */
const REPORTING_MS = 800;

async function main(): Promise<void> {
  let lost: NodeJS.ErrnoException | undefined;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads the output may stop reading, as `head` does. The exit code still counts.
    lost ??= error.code === 'EPIPE' ? undefined : error;
  });
  // Nobody can be told of it.
  process.stderr.on('error', () => undefined);
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
  // An attempt may still wait for Glue, so the program ends when all that was written has left it.
  await new Promise((resolve) => process.stdout.write('', resolve));
  // A stream tells its error some ticks later.
  await new Promise(setImmediate);
  if (lost !== undefined) {
    complain(sentenceOnWriting('the standard output', lost));
  }
  process.stderr.write('', () => process.exit(interrupted ?? (lost === undefined ? code : NO_REPORT)));
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
    complain(message);
    return NO_REPORT;
  }
}

/** Says what is wrong, as a sentence. */
function complain(message: string): void {
  const lines = message.split('\n').map(plainLine);
  process.stderr.write(`glue-connection-test: ${lines.join('\n')}.\n`.replace(/([.?])\.\n$/, '$1\n'));
}

void main();
