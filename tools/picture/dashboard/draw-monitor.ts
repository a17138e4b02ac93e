import { MonitorApp } from './app';
import { draw } from './draw';
import { NAMES, type Recorded } from './record';

/** Draws the dashboard of the monitor whose runs were recorded. */
export function drawMonitor(recorded: readonly Recorded[]): string {
  const { widgets, alarms } = new MonitorApp(NAMES);
  return draw(widgets, alarms, recorded);
}
