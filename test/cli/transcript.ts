import { readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');
const BEGINNING = '❌  Orders failed to deploy';

/** The end of what the CLI prints of a deployment that has failed, without what is another one each time. */
export function endOf(output: string): string {
  const start = output.indexOf(BEGINNING);
  return (start < 0 ? output : output.slice(start))
    .replaceAll(ROOT, '')
    .replace(/-[a-z0-9]{12}'/g, "-SUFFIX'")
    .replace(/-[A-Z0-9]{12}\b/g, '-SUFFIX')
    .replace(/\d{4}\/\d{2}\/\d{2}\/\[\$LATEST\][0-9a-f]{32}/g, 'STREAM')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
    .replace(/\bin [\d.]+ s\./g, 'in N s.')
    .replace(/:\d+:\d+\)/g, ')')
    .replace(/^ +\.\.\.node internals.*\n/m, '')
    .replace(/ +$/gm, '')
    .trim();
}

/** The same of what the page on local-cloud shows. */
export function endInPage(): string {
  const page = readFileSync(path.join(ROOT, 'docs/try-locally.md'), 'utf8');
  const [, block = ''] = new RegExp(`\`\`\`text\\n(${BEGINNING}[^]*?)\`\`\``).exec(page) ?? [];
  return endOf(block);
}
