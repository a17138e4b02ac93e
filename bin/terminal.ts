/** Of a terminal, or what most have where the output is no terminal. */
export function widthOf({ columns }: NodeJS.WriteStream): number {
  return columns > 0 ? columns : 80;
}

/** A text as lines of so many columns, broken between words; a word that is longer is broken, too. */
export function wrap(text: string, width: number, indent = ''): string[] {
  return text.split('\n').flatMap((line) => {
    const rows: string[] = [];
    let row = indent;
    for (const word of line.split(' ').flatMap((one) => pieces(one, width - indent.length))) {
      if (row !== indent && columnsOf(row) + 1 + columnsOf(word) > width) {
        rows.push(row);
        row = indent;
      }
      row += row === indent ? word : ` ${word}`;
    }
    return [...rows, row];
  });
}

/** So much of a text as so many columns take. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

function pieces(word: string, width: number): string[] {
  return word === '' ? [''] : (word.match(new RegExp(`.{1,${Math.max(1, width)}}`, 'gu')) ?? []);
}

/** The two marks of this program take two columns. */
function columnsOf(text: string): number {
  return text.replace(/[✅❌]/gu, '  ').length;
}
