/** What a terminal takes as a command, and what would change the direction of a text. */
const CONTROL = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Makes one harmless line of a text that others have written. */
export function plainLine(text: string): string {
  return (
    text
      .replace(/[\r\n\t]+/g, ' ')
      .replace(CONTROL, '')
      // GitHub's runner takes this for a command, wherever it is in a line.
      .replaceAll('##[', '## [')
  );
}
