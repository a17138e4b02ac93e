import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { context } from '../../cdk.json';

const ROOT = path.resolve(__dirname, '../..');
const FOLDER = path.join(ROOT, 'test/integ');
/** Another one with each change of the function, which is no change of the app. */
const ASSET = /\b[0-9a-f]{64}\b/g;
/** The CDK's versions are in it, and nothing of the app. */
const METADATA = 'CDKMetadata';

/** The apps of `test/integ`, by their file's name. */
export const APPS = readdirSync(FOLDER).filter((file) => /^integ\..*\.ts$/.test(file));

/** Texts, by the names of their files. */
export type Snapshot = Readonly<Record<string, string>>;

/** What an app synthesizes now: a template for each stack, and which stacks are tested. */
export async function synthesized(app: string): Promise<Snapshot> {
  const outdir = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-integ-'));
  try {
    await promisify(execFile)(process.execPath, ['--import', 'tsx', path.join(FOLDER, app)], {
      cwd: ROOT,
      // As the `cdk` command starts an app.
      env: { ...process.env, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context), CDK_VALIDATION: 'false' },
    });
    return textsIn(outdir, (file) => file.endsWith('.template.json') || file === 'integ.json');
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** What was synthesized when the snapshot was written. */
export function kept(app: string): Snapshot {
  return existsSync(folderOf(app)) ? textsIn(folderOf(app), () => true) : {};
}

/** Where `integ-runner` would look for it. */
export function folderOf(app: string): string {
  return path.join(FOLDER, `${app}.snapshot`);
}

function textsIn(folder: string, isWanted: (file: string) => boolean): Snapshot {
  const files = readdirSync(folder).filter(isWanted);
  return Object.fromEntries(files.map((file) => [file, normalized(readFileSync(path.join(folder, file), 'utf8'))]));
}

function normalized(text: string): string {
  const content = JSON.parse(text.replace(ASSET, 'ASSET')) as { Resources?: Record<string, unknown>; version?: string };
  delete content.version;
  delete content.Resources?.[METADATA];
  return `${JSON.stringify(content, undefined, 1)}\n`;
}

/** `npm run integ`: writes the snapshots anew. */
async function main(): Promise<void> {
  for (const app of APPS) {
    rmSync(folderOf(app), { recursive: true, force: true });
    mkdirSync(folderOf(app));
    Object.entries(await synthesized(app)).forEach(([file, text]) =>
      writeFileSync(path.join(folderOf(app), file), text),
    );
  }
}

if (require.main === module) {
  void main();
}
