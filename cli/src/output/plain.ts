/** What would change the direction of a text, and what a terminal takes as a command although it is no ASCII character. */
export const UNSEEN = /[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** All that a terminal takes as a command. */
const CONTROL = new RegExp(`\\p{Cc}|${UNSEEN.source}`, 'gu');

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
