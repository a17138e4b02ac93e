import { readFileSync } from 'node:fs';
import * as path from 'node:path';

/** The README's quick start in one language, as it is printed. */
export interface QuickStart {
  /** The app's file, from where the commands start. */
  readonly file: string;
  readonly app: string;
  /** What to do with it, for a shell. */
  readonly commands: string;
}

/** @param language as the README's block of code names it */
export function quickStart(language: string): QuickStart {
  const readme = readFileSync(path.resolve(__dirname, '../../README.md'), 'utf8');
  const pattern = new RegExp(
    `A whole app[^\`]*\`([\\w/.]+)\`:\n\n\`\`\`${language}\\b.*\n([^]*?)\`\`\`\n\n\`\`\`sh\n([^]*?)\`\`\``,
  );
  const [, file, app, commands] = pattern.exec(readme) ?? [];
  if (file === undefined || app === undefined || commands === undefined) {
    throw new Error(`the README has no quick start in ${language}`);
  }
  return { file, app, commands: commands.trim().replaceAll('\n', ' && ') };
}
