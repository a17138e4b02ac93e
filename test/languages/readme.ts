import { readFileSync } from 'node:fs';
import * as path from 'node:path';

/** The code of the README's quick start in another language than TypeScript, as it is printed. */
export interface QuickStart {
  readonly app: string;
  /** What to do with it, each a line for a shell. */
  readonly commands: readonly string[];
}

export function quickStart(title: string, language: string): QuickStart {
  const readme = readFileSync(path.resolve(__dirname, '../../README.md'), 'utf8');
  const [, fold = ''] = readme.split(`<summary>${title}</summary>`);
  const [text = ''] = fold.split('</details>');
  return { app: blockOf(text, language), commands: blockOf(text, 'sh').trim().split('\n') };
}

function blockOf(text: string, language: string): string {
  const [, code] = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(text) ?? [];
  if (code === undefined) {
    throw new Error(`the README has no ${language} there`);
  }
  return code;
}
