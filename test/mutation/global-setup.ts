import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { writeBundle } from '../../tools/bundle';
import { BUNDLE } from '../lambda/hosts';

/** What `../global-setup.ts` does, for a process that runs Jest many times. The bundle holds all mutants: one is enough. */
export default async function globalSetup(): Promise<void> {
  process.env.TMPDIR = path.resolve(`temporary-${process.pid}`);
  mkdirSync(process.env.TMPDIR, { recursive: true });
  process.env.CDK_VALIDATION = 'false';
  if (!existsSync(BUNDLE)) {
    await writeBundle();
  }
}
