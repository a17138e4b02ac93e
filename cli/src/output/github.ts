import { appendFileSync } from 'node:fs';
import type { Report } from '../run/report';
import { toMarkdown } from './markdown';
import { plainLine } from './plain';
import { sentenceOnWriting } from './write-error';

/** Whether GitHub Actions runs this. */
export function isGithubActions(): boolean {
  return process.env.GITHUB_ACTIONS === 'true';
}

/** GitHub shows so many errors of a step. */
const MAX_ANNOTATIONS = 10;

/**
 * Makes an annotation of each failure.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function annotationsOf({ connections }: Report): string[] {
  return connections
    .flatMap(({ name, outcome, failure }) =>
      outcome === 'FAILED' && failure !== null
        ? [`::error title=${escapeProperty(`Glue connection ${plainLine(name)}`)}::${escapeData(failure.text)}`]
        : [],
    )
    .slice(0, MAX_ANNOTATIONS);
}

/**
 * Adds the report to the page of the run.
 *
 * @returns what went wrong, which is no error, because the outcome of the tests is more important
 */
export function writeStepSummary(report: Report): string | undefined {
  const { GITHUB_STEP_SUMMARY: file } = process.env;
  if (file) {
    try {
      appendFileSync(file, toMarkdown(report));
    } catch (error) {
      return sentenceOnWriting(`the file '${file}' of GITHUB_STEP_SUMMARY`, error);
    }
  }
  return undefined;
}

/** A message in a command: a percent sign first, because the others become percent signs. */
function escapeData(text: string): string {
  const harmless = text.split('\n').map(plainLine).join('\n');
  return harmless.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A property of a command also ends at a comma and at a colon. */
function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
