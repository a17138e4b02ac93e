import Anser from 'anser';

const LINE_HEIGHT = 19;
const CHARACTER_WIDTH = 8.43;
const MARGIN = 20;
const TITLE_HEIGHT = 36;
const FOREGROUND = '#e6edf3';

/** Colours by the names that Anser gives the codes of a terminal. */
const PALETTE: Readonly<Record<string, string>> = {
  'ansi-red': '#ff7b72',
  'ansi-green': '#7ee787',
  'ansi-yellow': '#e3b341',
  'ansi-blue': '#79c0ff',
};

interface Piece {
  readonly text: string;
  readonly colour: string;
  readonly bold: boolean;
}

/**
 * Draws what a command has printed, line by line, as a terminal shows it.
 *
 * @param columns the width of the terminal; longer lines are broken at blanks
 */
export function draw(command: string, output: string, columns: number): string {
  const prompt = [{ text: `$ ${command}`, colour: FOREGROUND, bold: true }];
  const lines = output.trim().split('\n');
  return toSvg([prompt, ...lines.flatMap((line) => toRows(line, columns))], columns);
}

/** A line of output as the rows that it takes in a terminal of so many columns. */
function toRows(line: string, columns: number): Piece[][] {
  const characters = Anser.ansiToJson(line, { use_classes: true, remove_empty: true }).flatMap(
    ({ content, fg, decorations }) =>
      Array.from(content, (text) => ({
        text,
        colour: PALETTE[fg] ?? FOREGROUND,
        bold: decorations.includes('bold'),
      })),
  );
  const rows: Piece[][] = [];
  for (let rest = characters; rest.length > 0;) {
    const blank = rest.map(({ text }) => text).lastIndexOf(' ', columns);
    const length = rest.length <= columns || blank <= 0 ? columns : blank;
    rows.push(joined(rest.slice(0, length)));
    rest = rest.slice(length);
    // The blank at which the line was broken.
    rest = rest[0]?.text === ' ' ? rest.slice(1) : rest;
  }
  return rows.length > 0 ? rows : [[]];
}

/** Neighbours of one style as one piece. */
function joined(characters: readonly Piece[]): Piece[] {
  const pieces: Piece[] = [];
  for (const piece of characters) {
    const last = pieces.at(-1);
    if (last?.colour === piece.colour && last.bold === piece.bold) {
      pieces[pieces.length - 1] = { ...last, text: last.text + piece.text };
    } else {
      pieces.push(piece);
    }
  }
  return pieces;
}

function toSvg(rows: readonly Piece[][], columns: number): string {
  const width = Math.ceil(columns * CHARACTER_WIDTH) + 2 * MARGIN;
  const height = TITLE_HEIGHT + rows.length * LINE_HEIGHT + MARGIN;
  const buttons = ['#ff5f57', '#febc2e', '#28c840'].map(
    (colour, index) => `<circle cx="${MARGIN + index * 20}" cy="18" r="6" fill="${colour}"/>`,
  );
  const texts = rows.map((row, index) => {
    const y = TITLE_HEIGHT + (index + 1) * LINE_HEIGHT - 5;
    return `<text x="${MARGIN}" y="${y}" xml:space="preserve">${row.map(toSpan).join('')}</text>`;
  });
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;white-space:pre}</style>`,
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117" stroke="#30363d"/>`,
    ...buttons,
    ...texts,
    '</svg>',
  ].join('\n')}\n`;
}

function toSpan({ text, colour, bold }: Piece): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<tspan fill="${colour}"${bold ? ' font-weight="bold"' : ''}>${escaped}</tspan>`;
}
