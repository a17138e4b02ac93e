import { TextlintKernel } from '@textlint/kernel';
import markdown from '@textlint/textlint-plugin-markdown';
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { eachSentence } from './sentences';
import { STYLE } from './style';

/** `npm run lint:prose -- FILES`: our style, over these pages or over all. Exits with 1 if it finds something. */
const ROOT = path.resolve(__dirname, '../..');
const PAGES = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'cli/README.md',
  ...readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file.replaceAll(path.sep, '/')}`),
];

const kernel = new TextlintKernel();
const rules = Object.entries(STYLE).map(([ruleId, look]) => ({ ruleId, rule: eachSentence(look) }));
const plugins = [{ pluginId: 'markdown', plugin: markdown }];

export async function proseProblems(filePath: string, page: string) {
  const { messages } = await kernel.lintText(page, { ext: '.md', filePath, rules, plugins });
  return messages;
}

async function main(files: readonly string[]): Promise<void> {
  let count = 0;
  for (const file of files) {
    const problems = await proseProblems(file, readFileSync(path.resolve(ROOT, file), 'utf8'));
    count += problems.length;
    for (const { loc, message, ruleId } of problems) {
      console.error(`${file}:${loc.start.line}:${loc.start.column} ${message.replaceAll('\n', ' ')} (${ruleId})`);
    }
  }
  console.log(`prose: ${files.length} pages, ${count} problems`);
  process.exitCode = count === 0 ? 0 : 1;
}

if (require.main === module) {
  const files = process.argv.slice(2);
  void main(files.length > 0 ? files : PAGES);
}
