import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { SCENES } from '../../tools/picture/scenes';
import { draw } from '../../tools/picture/terminal';

jest.setTimeout(120_000);

/** The lines of a picture, without what is another one each time. Connections are listed as their tests end. */
function linesOf(picture: string): string[] {
  return Array.from(picture.matchAll(/<text [^>]*>(.*)<\/text>/g), ([, row = '']) =>
    row
      .replace(/<[^>]+>/g, '')
      .replace(/\b\d+\/\d+ \|/, 'N/N |')
      .replace(/-[a-z0-9]{12}'/, "-SUFFIX'")
      .replace(/-[A-Z0-9]{12}\b/, '-SUFFIX')
      .replace(/\d{4}\/\d{2}\/\d{2}\/\[\$LATEST\][0-9a-f]{32}/, 'STREAM')
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, 'UUID')
      .replace(/:\d{4,5} /, ':PORT ')
      // A longer time takes blanks of its column.
      .replace(/ *\b\d+(\.\d+)? m?s\b/g, ' N s'),
  ).sort();
}

test.each(SCENES.map((scene) => [scene.file, scene] as const))(
  '%s shows what the program prints today',
  async (file, scene) => {
    const committed = readFileSync(path.join(__dirname, '../../docs', file), 'utf8');
    const today = draw(scene.command, await scene.print(), scene.columns);

    // `npm run picture` draws it anew.
    expect(linesOf(committed)).toEqual(linesOf(today));
  },
);
