import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { SCENES } from './scenes';
import { draw } from './terminal';

/** `npm run picture`: runs each scene and draws what it has printed, for the pages that show it. */
async function main(): Promise<void> {
  for (const scene of SCENES) {
    const picture = draw(scene.command, await scene.print(), scene.columns);
    writeFileSync(path.join(__dirname, '../../docs', scene.file), picture);
  }
}

void main();
