import type { Widget } from './app';
import type { Recorded } from './record';
import { text, WIDTH, wrapped, type Drawing } from './svg';
import { tableOf } from './values';

const LINE = 16;
const PADDING = 7;
const CHARACTER = 6.9;

/** Of columns. Others share what is left. */
const WIDTHS: Readonly<Record<string, number>> = {
  '@timestamp': 90,
  connectionName: 120,
  category: 104,
  said: 158,
  cause: 110,
};

/** How many rows are in sight. */
const MOST_ROWS = 4;

/** The rows of a query, as far as they are in sight. */
export function drawTable(widget: Widget, recorded: readonly Recorded[]): Drawing {
  const { fields, rows } = tableOf(widget, recorded);
  const fixed = fields.map((field) => WIDTHS[field]);
  const left = WIDTH - fixed.reduce<number>((sum, width) => sum + (width ?? 0), 0);
  const widths = fixed.map((width) => width ?? left / fixed.filter((one) => one === undefined).length);
  const xOf = (column: number) => widths.slice(0, column).reduce((a, b) => a + b, 0);
  const parts = fields.map((field, column) => text(xOf(column), LINE, field, 'class="head"'));
  let y = LINE + PADDING;
  for (const row of rows.slice(0, MOST_ROWS)) {
    const cells = row.map((value, column) => wrapped(value, Math.floor((widths[column] ?? 0) / CHARACTER) - 1));
    parts.push(`<path d="M0 ${y}H${WIDTH}" stroke="var(--edge)"/>`);
    cells.forEach((lines, column) => {
      lines.forEach((line, index) =>
        parts.push(text(xOf(column), y + PADDING + (index + 0.8) * LINE, line, 'class="row"')),
      );
    });
    y += Math.max(...cells.map(({ length }) => length)) * LINE + 2 * PADDING;
  }
  return { svg: parts.join('\n'), height: y };
}
