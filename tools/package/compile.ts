import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { withAbsoluteLinks } from './readme-links';

/** Compiles `lib/` by jsii, with the README that the packages of all languages show. */
const ROOT = path.resolve(__dirname, '../..');

withAbsoluteLinks(() => {
  const jsii = path.join(ROOT, 'node_modules/jsii/bin/jsii');
  const options = ['--fail-on-warnings', '--compress-assembly'];
  const { status } = spawnSync(process.execPath, [jsii, ...options], { cwd: ROOT, stdio: 'inherit' });
  process.exitCode = status ?? 1;
});
