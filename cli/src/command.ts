import { Redactor } from '../../lambda/base/redaction/redactor';
import type { Options } from './arguments/options';
import { prepareEnvironment } from './aws/environment';
import { logIn } from './aws/identity';
import { Console } from './output/console';
import { annotationsOf, isGithubActions, writeStepSummary } from './output/github';
import { plainLine } from './output/plain';
import { checkFiles, takesStandardOutput, writeReports } from './output/reports';
import { summarize, type ConnectionReport, type Report } from './run/report';
import { testAll } from './run/test-all';
import { Listing } from './selection/listing';
import { select } from './selection/select';

/**
 * Tests connections and reports them.
 *
 * @param signal is aborted by Ctrl-C; what has ended is still reported
 * @returns the exit code
 * @throws UsageError if nothing was tested
 */
export async function runCommand(options: Options, version: string, signal: AbortSignal): Promise<number> {
  const startedAt = new Date();
  checkFiles(options);
  prepareEnvironment(options);
  const redactor = new Redactor();
  const login = await logIn(options, redactor);
  const listing = new Listing(login.credentials, options.catalogId, redactor.redact);
  const { subjects, omitted } = await select(options, login, listing);

  const out = takesStandardOutput(options) ? process.stderr : process.stdout;
  const people = new Console(out, { quiet: options.quiet, color: hasColors(options, out) });
  people.begin(subjects, omitted, login.identity, options.roleArn);
  const connections = await testAll(subjects, options, login.credentials, redactor, signal, people);
  const report: Report = {
    version: 1,
    program: { name: 'glue-connection-test', version },
    identity: login.identity ?? null,
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    isInterrupted: signal.aborted,
    summary: summarize(connections),
    connections,
    omitted,
  };
  people.end(report);
  if (isGithubActions()) {
    annotationsOf(report).forEach((annotation) => out.write(`${annotation}\n`));
    const warning = writeStepSummary(report);
    if (warning !== undefined) {
      process.stderr.write(`glue-connection-test: ${plainLine(warning)}.\n`);
    }
  }
  writeReports(options, report, process.stdout);
  return hasFailed(connections) ? 1 : 0;
}

function hasFailed(connections: readonly ConnectionReport[]): boolean {
  return connections.some(({ outcome }) => outcome === 'FAILED');
}

/** @see https://no-color.org */
function hasColors({ color }: Options, out: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (!color || NO_COLOR) {
    return false;
  }
  return FORCE_COLOR ? FORCE_COLOR !== '0' : out.isTTY && TERM !== 'dumb';
}
