import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import packageJson from '../../package.json';

/**
 * `tsx tools/package/readme-links.ts absolute|relative`: writes README.md with links of that kind.
 *
 * Registries show the README beside no other file, so it is packed with absolute links, to the tag of the release. npm packs
 * the file itself, and jsii copies it for the other languages.
 */
const README = path.resolve(__dirname, '../../README.md');

const REPOSITORY = packageJson.repository.replace('github:', '');
const PAGES = `https://github.com/${REPOSITORY}/blob/v${packageJson.version}/`;
const PICTURES = `https://raw.githubusercontent.com/${REPOSITORY}/v${packageJson.version}/`;
/** Without it, GitHub may serve an SVG as plain text. */
const SANITIZED = '?sanitize=true';

const RELATIVE_LINK = /(!?)(\[[^\]]*\])\((?!https?:)([^)\s]+)\)/g;

export function toAbsolute(markdown: string): string {
  return markdown.replaceAll(RELATIVE_LINK, (_, bang: string, text: string, target: string) => {
    const page = target.startsWith('#') ? `README.md${target}` : target;
    return `${bang}${text}(${bang ? `${PICTURES}${page}${SANITIZED}` : `${PAGES}${page}`})`;
  });
}

/** The reverse: needs no copy of what was there, so it also mends what an interrupted run has left. */
export function toRelative(markdown: string): string {
  return markdown
    .replaceAll(`](${PAGES}README.md#`, '](#')
    .replaceAll(`](${PAGES}`, '](')
    .replaceAll(`](${PICTURES}`, '](')
    .replaceAll(`${SANITIZED})`, ')');
}

/** While something packs or compiles the README. */
export function withAbsoluteLinks(run: () => void): void {
  rewrite(toAbsolute);
  try {
    run();
  } finally {
    rewrite(toRelative);
  }
}

function rewrite(change: (markdown: string) => string): void {
  writeFileSync(README, change(readFileSync(README, 'utf8')));
}

if (require.main === module) {
  rewrite(process.argv[2] === 'absolute' ? toAbsolute : toRelative);
}
