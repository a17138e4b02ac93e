import type { Results } from './results';
import type { Unknown } from './unknowns/unknown';

const BEGIN = '<!-- The table: npm run verify:aws:page -->';
const END = '<!-- End of the table -->';

/** The page with the table as the results are now. */
export function fillTable(page: string, unknowns: readonly Unknown[], results: Results): string {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) {
    throw new Error(`the page must have the lines ${BEGIN} and ${END}`);
  }
  return [before, BEGIN, '\n\n', table(unknowns, results), '\n\n', END, after].join('');
}

/** A row for each question, whether there is an answer or not; with columns as Prettier aligns them. */
function table(unknowns: readonly Unknown[], results: Results): string {
  const rows = unknowns.map(({ id, question, experiment }) => {
    const { seen, date = '', region = '' } = results[id] ?? {};
    const answer = seen === undefined ? 'not yet run' : (seen ?? 'not answered');
    return [`\`${id}\``, question, experiment, answer, date, region].map(cell);
  });
  const head = ['id', 'question', 'experiment', 'seen', 'date', 'Region'];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = widths.map((width) => '-'.repeat(width));
  return [head, line, ...rows]
    .map((row) => `| ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`)
    .join('\n');
}

function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
