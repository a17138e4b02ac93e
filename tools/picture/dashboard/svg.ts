/** A part of the picture, whose left upper corner is at 0, 0. */
export interface Drawing {
  readonly svg: string;
  readonly height: number;
}

/** Of each part. */
export const WIDTH = 764;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function text(x: number, y: number, content: string, attributes = ''): string {
  return `<text x="${round(x)}" y="${round(y)}"${attributes && ` ${attributes}`}>${escaped(content)}</text>`;
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Breaks a text into lines of at most so many characters. Words that are longer are broken behind punctuation, if there is any. */
export function wrapped(content: string, characters: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of content.split(' ')) {
    const parts = word.length > characters ? word.split(/(?<=[.:/-])/) : [word];
    parts.forEach((part, index) => {
      const gap = line === '' || index > 0 ? '' : ' ';
      if (line !== '' && line.length + gap.length + part.length > characters) {
        lines.push(line);
        line = part;
      } else {
        line += gap + part;
      }
    });
  }
  return [...lines, line];
}
