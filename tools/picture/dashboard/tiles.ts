import type { Alarm, Widget } from './app';
import type { Recorded } from './record';
import { round, text, WIDTH, type Drawing } from './svg';
import { stateOf, type State } from './values';

const PER_ROW = 6;
const HEIGHT = 56;
const GAP = 10;

const COLOURS: Readonly<Record<State, string>> = { OK: '--ok', ALARM: '--alarm', INSUFFICIENT_DATA: '--none' };
const WORDS: Readonly<Record<State, string>> = { OK: '✓ OK', ALARM: '✕ In alarm', INSUFFICIENT_DATA: '– No data' };

/** The state of each alarm. */
export function drawTiles(
  { properties: { alarms: ids = [] } }: Widget,
  alarms: ReadonlyMap<string, Alarm>,
  recorded: readonly Recorded[],
): Drawing {
  const perRow = Math.min(PER_ROW, ids.length);
  const width = (WIDTH - (perRow - 1) * GAP) / perRow;
  const tiles = ids.map((id, index) => {
    const alarm = alarms.get(id);
    if (alarm === undefined) {
      throw new Error(`the dashboard shows an alarm that is not there: ${id}`);
    }
    const [x, y] = [(index % perRow) * (width + GAP), Math.floor(index / perRow) * (HEIGHT + GAP)];
    const state = stateOf(alarm, recorded);
    const colour = `var(${COLOURS[state]})`;
    return [
      `<g transform="translate(${round(x)} ${y})">`,
      `<rect width="${round(width)}" height="${HEIGHT}" rx="4" fill="none" stroke="var(--edge)"/>`,
      `<rect width="6" height="${HEIGHT}" rx="3" fill="${colour}"/>`,
      text(18, 23, alarm.Dimensions[0]?.Value ?? '', 'font-weight="bold"'),
      text(18, 43, WORDS[state], `style="fill:${colour}"`),
      '</g>',
    ].join('');
  });
  const rows = Math.ceil(ids.length / perRow);
  return { svg: tiles.join('\n'), height: rows * (HEIGHT + GAP) - GAP };
}
