import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(__dirname, '../..');

export const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CODE_OF_CONDUCT.md',
  'CHANGELOG.md',
  'bench/README.md',
  'cli/README.md',
].concat(
  readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file.replaceAll(path.sep, '/')}`),
);

export const text = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** What stands below a heading, up to the next one of its level. */
export function sectionOf(page: string, heading: string): string {
  const [, level = ''] = new RegExp(`^(#+) ${heading}$`, 'm').exec(page) ?? [];
  const [, section = ''] =
    new RegExp(`^${level} ${heading}\\n([^]*?)(?=^#{1,${level.length}} |$(?![^]))`, 'm').exec(page) ?? [];
  return section;
}

/** The cells of each table of a text, without those of their heads. */
export function rowsOf(section: string): string[][] {
  const rows = section.split('\n').map((line) => (line.startsWith('|') ? line.split('|').slice(1, -1) : undefined));
  return rows
    .filter((row, at) => row !== undefined && rows[at - 1] !== undefined && !/^\s*-+\s*$/.test(row[0]!))
    .map((row) => row!.map((cell) => cell.trim()));
}

export const codeIn = (cell: string) => Array.from(cell.matchAll(/`([^`]+)`/g), ([, code = '']) => code);
