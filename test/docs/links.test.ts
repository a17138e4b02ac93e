import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PAGES, ROOT, text } from './pages';

describe.each(PAGES)('%s', (page) => {
  const links = Array.from(text(page).matchAll(/\]\(([^)\s]+)\)/g), ([, link = '']) => link).filter(
    (link) => !/^https?:/.test(link),
  );

  test('has links that lead somewhere', () => {
    for (const link of links) {
      const [file = '', anchor] = link.split('#');
      const target = path.join(ROOT, path.dirname(page), file);
      expect(file === '' || existsSync(target) ? '' : link).toBe('');
      if (anchor !== undefined) {
        expect({ link, anchors: anchorsOf(file === '' ? text(page) : readFileSync(target, 'utf8')) }).toEqual({
          link,
          anchors: expect.arrayContaining([anchor]) as unknown,
        });
      }
    }
  });
});

/** The anchors that GitHub gives the headings of a page. */
function anchorsOf(page: string): string[] {
  return Array.from(page.matchAll(/^#+ (.*)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}
