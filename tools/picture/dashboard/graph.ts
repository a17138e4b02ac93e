import type { Widget } from './app';
import { HOURS, type Recorded } from './record';
import { round, text, WIDTH, type Drawing } from './svg';
import { clock, seriesOf, type Series } from './values';

const COLOURS = ['#2b7fd4', '#e8590c', '#2f9e44', '#a061d1', '#c92a7a'];
const PLOT = { left: 52, top: 8, right: 8, height: 150 };
const LEGEND = 48;
const TICKS = { wanted: 4, hours: 4 };

/** Lines over time, with their legend. */
export function drawGraph(widget: Widget, recorded: readonly Recorded[]): Drawing {
  const series = seriesOf(widget, recorded);
  const { label = '', min = 0 } = widget.properties.yAxis?.left ?? {};
  const step = stepFor(Math.max(...series.flatMap(({ points }) => points.map(({ value }) => value))));
  const top = step * TICKS.wanted;
  const width = WIDTH - PLOT.left - PLOT.right;
  const x = (hours: number) => PLOT.left + (hours / HOURS) * width;
  const y = (value: number) => PLOT.top + PLOT.height * (1 - (value - min) / (top - min));
  const parts = [
    ...Array.from({ length: TICKS.wanted + 1 }, (_, index) => {
      const value = index * step;
      const line = `<path d="M${PLOT.left} ${round(y(value))}H${WIDTH - PLOT.right}" stroke="var(--edge)"/>`;
      const unit = index === TICKS.wanted ? ` ${label}` : '';
      return line + text(PLOT.left - 6, y(value) + 4, `${value}${unit}`, 'class="faint" text-anchor="end"');
    }),
    ...Array.from({ length: HOURS / TICKS.hours }, (_, index) => {
      const hours = index * TICKS.hours;
      return text(x(hours), PLOT.top + PLOT.height + 18, clock(hours), 'class="faint" text-anchor="middle"');
    }),
    ...series.map(({ points }, index) => {
      const line = points.map(({ hours, value }) => `${round(x(hours))},${round(y(value))}`).join(' ');
      return `<polyline points="${line}" fill="none" stroke="${COLOURS[index % COLOURS.length]}" stroke-width="2" stroke-linejoin="round"/>`;
    }),
    ...legendOf(series, PLOT.top + PLOT.height + LEGEND - 6),
  ];
  return { svg: parts.join('\n'), height: PLOT.top + PLOT.height + LEGEND };
}

/** The smallest of 1, 2 and 5, times a power of ten, with which the ticks reach a value. */
function stepFor(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value / TICKS.wanted));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step * TICKS.wanted >= value) ?? power;
}

function legendOf(series: readonly Series[], y: number): string[] {
  return series.map(({ name }, index) => {
    const left = PLOT.left + index * 120;
    return `<rect x="${left}" y="${y - 10}" width="12" height="12" rx="2" fill="${COLOURS[index % COLOURS.length]}"/>${text(left + 18, y, name)}`;
  });
}
