import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { writeBundle } from '../bundle';
import { drawMonitor } from './dashboard/draw-monitor';
import { record } from './dashboard/record';
import { SCENES } from './scenes';
import { draw } from './terminal';

/**
 * `npm run picture`: runs each scene and draws what it has printed, and runs a monitor and draws its dashboard, for the pages
 * that show them.
 */
async function main(): Promise<void> {
  for (const scene of SCENES) {
    write(scene.file, draw(scene.command, await scene.print(), scene.columns));
  }
  await writeBundle();
  const recorded = await record();
  writeFileSync(path.join(__dirname, 'dashboard/recorded.json'), `${JSON.stringify(recorded, null, 2)}\n`);
  write('monitor.svg', drawMonitor(recorded));
}

function write(file: string, picture: string): void {
  writeFileSync(path.join(__dirname, '../../docs', file), picture);
}

void main();
