import type { Alarm, Widget } from './app';
import type { Recorded } from './record';
import { drawGraph } from './graph';
import { drawTable } from './table';
import { drawTiles } from './tiles';
import { text, WIDTH, type Drawing } from './svg';

const GAP = 12;
const TITLE_HEIGHT = 34;
const PADDING = 16;

/** In the colours of the reader's system. */
const STYLE = `
  svg{--page:#f2f3f5;--card:#fff;--edge:#d1d5da;--text:#16191f;--faint:#545b64;--ok:#1d8102;--alarm:#d13212;--none:#687078}
  @media(prefers-color-scheme:dark){svg{--page:#0f1419;--card:#1a212b;--edge:#3b4552;--text:#e6edf3;--faint:#a5b1bd;--ok:#3fb950;--alarm:#ff7b6b;--none:#8b949e}}
  text{font:13px system-ui,-apple-system,'Segoe UI',Helvetica,Arial,'DejaVu Sans',sans-serif;fill:var(--text)}
  .title{font-weight:bold;font-size:15px}.faint{fill:var(--faint)}.head{font-weight:bold;fill:var(--faint)}.row,.head{font-size:11.5px}
`.trim();

/** Draws a dashboard's JSON with recorded values: status tiles, graphs and tables. */
export function draw(
  widgets: readonly Widget[],
  alarms: ReadonlyMap<string, Alarm>,
  recorded: readonly Recorded[],
): string {
  let y = GAP;
  const cards = widgets.map((widget) => {
    const { svg, height } = drawn(widget, alarms, recorded);
    const whole = height + TITLE_HEIGHT + PADDING;
    const card = [
      `<g transform="translate(${GAP} ${y})">`,
      `<rect width="${WIDTH + 2 * PADDING}" height="${whole}" rx="6" fill="var(--card)" stroke="var(--edge)"/>`,
      text(PADDING, 24, widget.properties.title, 'class="title"'),
      `<g transform="translate(${PADDING} ${TITLE_HEIGHT})">`,
      svg,
      '</g></g>',
    ].join('\n');
    y += whole + GAP;
    return card;
  });
  const width = WIDTH + 2 * (PADDING + GAP);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" viewBox="0 0 ${width} ${y}">`,
    `<style>${STYLE}</style>`,
    `<rect width="${width}" height="${y}" rx="8" fill="var(--page)"/>`,
    ...cards,
    '</svg>',
  ].join('\n')}\n`;
}

function drawn(widget: Widget, alarms: ReadonlyMap<string, Alarm>, recorded: readonly Recorded[]): Drawing {
  switch (widget.type) {
    case 'alarm':
      return drawTiles(widget, alarms, recorded);
    case 'metric':
      return drawGraph(widget, recorded);
    case 'log':
      return drawTable(widget, recorded);
  }
}
