import type { ConnectionReport, Report } from '../run/report';
import { showDuration } from './duration';
import { plainLine } from './plain';
import { showSummary } from './summary';

/** GitHub takes a step's summary up to 1 MiB, and refuses more as a whole. */
const MAX_BYTES = 1_000_000;

const OUTCOMES = {
  PASSED: '✅ passed',
  FAILED: '❌',
  UNSUPPORTED: "➖ Glue can't test it",
  NOT_TESTED: '➖ not tested',
};

/** Writes a report as Markdown: a table, and what is known of each failure. */
export function toMarkdown({ connections, summary, omitted, identity, durationMs }: Report): string {
  const head = [
    '## Glue connections',
    '',
    `**${showSummary(summary)}** in ${showDuration(durationMs)}${identity === null ? '' : `, as ${code(identity.arn)}`}`,
    '',
    '| Connection | Region | Result | Time |',
    '| --- | --- | --- | --- |',
    ...connections.map(row),
    ...omitted.map(({ name, region = '', reason }) => `| ${cell(name)} | ${cell(region)} | ➖ ${cell(reason)} | |`),
    '',
  ].join('\n');
  const failures = connections.flatMap(({ outcome, failure }) =>
    outcome === 'FAILED' && failure !== null ? [fence(failure.text)] : [],
  );
  let text = head;
  for (const failure of failures) {
    if (Buffer.byteLength(text) + Buffer.byteLength(failure) > MAX_BYTES) {
      return `${text}\nThe other failures did not fit.\n`;
    }
    text += failure;
  }
  return text;
}

function row({ name, region, outcome, failure, durationMs }: ConnectionReport): string {
  const result =
    outcome === 'FAILED' && failure !== null ? `${OUTCOMES.FAILED} ${failure.category}` : OUTCOMES[outcome];
  return `| ${cell(name)} | ${cell(region)} | ${result} | ${showDuration(durationMs)} |`;
}

/** A text in a table, with nothing of it taken as Markdown or HTML. */
function cell(text: string): string {
  return plainLine(text).replace(/[\\`*_{}[\]<>()#+!|~@&-]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function code(text: string): string {
  return `\`${plainLine(text).replaceAll('`', "'")}\``;
}

/** A block of text. Its fence is longer than any in the text. */
function fence(text: string): string {
  const lines = text.split('\n').map(plainLine);
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const marks = '`'.repeat(longest + 1);
  return `\n${marks}text\n${lines.join('\n')}\n${marks}\n`;
}
