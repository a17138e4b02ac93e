import { isMet, type Row } from './benchmark';

const WIDTH = 900;
const ROW_HEIGHT = 26;
const LABEL_WIDTH = 470;
const TOP = 56;
const BOTTOM = 40;
/** What lies beyond is cut. */
const MAX_RATIO = 1.6;
const COLOURS = { met: '#2da44e', missed: '#cf222e', none: '#57606a' };

/** The ratios that have a target, as bars: the quartiles as a line, the target as a mark, the alternative as 1. */
export function chartOf(rows: readonly Row[]): string {
  const shown = rows.filter(({ ratio, target }) => ratio !== undefined && target?.of === 'ratio');
  const height = TOP + shown.length * ROW_HEIGHT + BOTTOM;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}"`,
    '  font-family="system-ui, sans-serif" font-size="13">',
    `  <rect width="100%" height="100%" fill="#ffffff"/>`,
    text(16, 26, 'This package ÷ its alternative: less is better', 'font-weight="bold" font-size="15"'),
    ...[0, 0.5, 1, 1.5].flatMap((ratio) => scale(ratio, height)),
    ...shown.flatMap((row, index) => bar(row, TOP + index * ROW_HEIGHT)),
    text(16, height - 10, 'Median of the runs; thin: quartiles; black mark: target', 'fill="#57606a" font-size="12"'),
    '</svg>',
    '',
  ].join('\n');
}

function scale(ratio: number, height: number): string[] {
  const [x, colour] = [position(ratio), ratio === 1 ? '#24292f' : '#d0d7de'];
  return [
    `  <line x1="${x}" x2="${x}" y1="${TOP - 6}" y2="${height - BOTTOM + 4}" stroke="${colour}"/>`,
    text(x - 8, TOP - 12, ratio.toFixed(1), 'fill="#57606a" font-size="12"'),
  ];
}

function bar(row: Row, y: number): string[] {
  const { ratio, target, what, against = '' } = row;
  const { median = 0, quartiles: [low, high] = [0, 0] } = ratio ?? {};
  const met = isMet(row);
  const colour = COLOURS[met === undefined ? 'none' : met ? 'met' : 'missed'];
  const [x, end, limit] = [position(0), position(median), position(target?.atMost ?? target?.atLeast ?? 0)];
  return [
    text(16, y + 15, `${what}, against ${against}`),
    `  <rect x="${x}" y="${y + 4}" width="${end - x}" height="14" fill="${colour}"/>`,
    `  <line x1="${position(low)}" x2="${position(high)}" y1="${y + 11}" y2="${y + 11}" stroke="#24292f" opacity="0.6"/>`,
    `  <rect x="${limit - 1}" y="${y + 1}" width="3" height="20" fill="#000000"/>`,
    text(Math.max(end, position(high), limit) + 8, y + 15, median.toFixed(2), `fill="${colour}" font-weight="bold"`),
  ];
}

function position(ratio: number): number {
  return Math.round(LABEL_WIDTH + (Math.min(ratio, MAX_RATIO) / MAX_RATIO) * (WIDTH - LABEL_WIDTH - 60));
}

function text(x: number, y: number, content: string, attributes = ''): string {
  return `  <text x="${x}" y="${y}" ${attributes}>${content.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`;
}
