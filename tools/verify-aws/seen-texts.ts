import type { DirectTest } from './evidence';

/** A text of Glue, word for word, as AWS has sent it. */
export interface SeenText {
  readonly exception: string;
  readonly text: string;
  /** Of the connection in `test/integ` that it is about. */
  readonly connection: string;
  readonly date: string;
  readonly region: string;
}

/** Adds what is new. The same text of another day stays with its first date. */
export function withTexts(
  before: readonly SeenText[],
  tests: readonly DirectTest[],
  date: string,
  region: string,
): SeenText[] {
  const all = [...before];
  for (const { id, exception, text } of tests) {
    if (
      exception !== undefined &&
      text !== undefined &&
      !all.some((seen) => seen.text === text && seen.exception === exception)
    ) {
      all.push({ exception, text, connection: id, date, region });
    }
  }
  return all;
}
