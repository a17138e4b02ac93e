import { readFileSync } from 'node:fs';
import * as path from 'node:path';

/** The quick start in one language, as it is printed. */
export interface QuickStart {
  /** The app's file, from where the commands start. */
  readonly file: string;
  readonly app: string;
  /** What to do with it, for a shell. */
  readonly commands: string;
}

/** By language, as its block of code names it. */
const PAGES = { tsx: 'README.md', python: 'docs/languages.md' };

export function quickStart(language: keyof typeof PAGES): QuickStart {
  const page = readFileSync(path.resolve(__dirname, '../..', PAGES[language]), 'utf8');
  const pattern = new RegExp(
    `A whole app[^\`]*\`([\\w/.]+)\`:\n\n\`\`\`${language}\\b.*\n([^]*?)\`\`\`\n\n\`\`\`sh\n([^]*?)\`\`\``,
  );
  const [, file, app, commands] = pattern.exec(page) ?? [];
  if (file === undefined || app === undefined || commands === undefined) {
    throw new Error(`${PAGES[language]} has no quick start in ${language}`);
  }
  return { file, app, commands: commands.trim().replaceAll('\n', ' && ') };
}
