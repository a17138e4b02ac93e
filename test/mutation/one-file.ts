import { readdirSync } from 'node:fs';
import path from 'node:path';

interface Selection {
  readonly leftOut: readonly string[];
  /** What takes long; the first failure ends it. */
  readonly last: readonly string[];
}

/**
 * The tests that mutants are run against, of one folder, as one file: Jest loads the CDK and the SDK anew for each file,
 * for each mutant.
 */
const FOLDERS: Readonly<Record<string, Selection>> = {
  lambda: {
    leftOut: [
      // They take too long for each mutant, with more calls at once than a busy machine answers in time.
      ...['arbitrary-events-in-bundle', 'fault-matrix', 'side-calls'],
      // It is about a process that ends.
      'leftovers',
      // They build the bundle, of what is mutated.
      ...['bundle', 'third-party-notices'],
    ],
    last: ['outcomes', 'connection-input', 'secret-failure', 'handler', 'time-out', 'arbitrary-events'],
  },
  lib: {
    leftOut: [
      // It takes too long for what it adds.
      'cloudformation-rules',
      // They are about size and versions.
      ...['estate', 'lowest-versions'],
    ],
    last: ['permissions', 'role-limits', 'nag', 'random-apps'],
  },
};

const SUFFIX = '.test.ts';

/** Paths in a folder, without the suffix. */
function filesOf(folder: string): string[] {
  const { leftOut, last } = FOLDERS[folder] ?? { leftOut: [], last: [] };
  const placeOf = (file: string) => last.indexOf(path.basename(file));
  return readdirSync(path.join(__dirname, '..', folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length))
    .filter((file) => !leftOut.includes(path.basename(file)))
    .sort((a, b) => placeOf(a) - placeOf(b));
}

const folder = process.env.MUTATION_FOLDER ?? '';

for (const file of filesOf(folder)) {
  describe(file, () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    require(`../${folder}/${file}.test`);
  });
}
