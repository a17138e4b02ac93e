import { isMet, type Row } from './benchmark';
import type { Summary } from './statistics';

const HEADER = ['what', 'this', 'compared with', 'its value', 'ratio', 'quartiles', 'min … max', 'runs', 'target', ''];

/** The rows as a table in Markdown, each note below it. */
export function tableOf(rows: readonly Row[]): string {
  const notes = [...new Set(rows.flatMap(({ note }) => note ?? []))];
  const lines = [HEADER, ...rows.map((row) => cellsOf(row, notes))];
  const widths = HEADER.map((_, column) => Math.max(3, ...lines.map((cells) => cells[column]?.length ?? 0)));
  const [header = '', ...body] = lines.map(
    (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  const footnotes = notes.map((note, index) => `${index + 1}. ${note[0]?.toUpperCase() ?? ''}${note.slice(1)}.`);
  return [header, rule, ...body, ...(footnotes.length > 0 ? ['', ...footnotes] : [])].join('\n');
}

function cellsOf(row: Row, notes: readonly string[]): string[] {
  const { value, against = '', alternative, ratio, unit, note, target } = row;
  const met = isMet(row);
  const spread = ratio ?? value;
  const limit = target?.atMost ?? target?.atLeast;
  const unitOfLimit = target?.of === 'value' ? ` ${unit}` : '';
  return [
    `${row.what}${note === undefined ? '' : ` (${notes.indexOf(note) + 1})`}`,
    `${short(value.median)} ${unit}`,
    against,
    alternative === undefined ? '' : `${short(alternative.median)} ${unit}`,
    ratio === undefined ? '' : ratio.median.toFixed(2),
    pair(spread.quartiles, spread, ' to '),
    pair(spread.range, spread, ' to '),
    String(spread.count),
    limit === undefined ? '' : `${target?.atMost === undefined ? '≥' : '≤'} ${limit}${unitOfLimit}`,
    met === undefined ? '' : met ? 'met' : 'missed',
  ];
}

function pair([from, to]: readonly [number, number], { count }: Summary, between: string): string {
  return count === 1 ? '' : `${short(from)}${between}${short(to)}`;
}

/** Three digits, or all before the point. */
function short(value: number): string {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
