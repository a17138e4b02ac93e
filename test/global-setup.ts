import { isMariaDbInstalled } from '@cdk-glue-connection-test/local-cloud';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeBundle } from '../tools/bundle';
import { bundleCli } from '../tools/bundle-cli';

/** Tests run against the handler as it is built from the sources beside them. */
export default async function globalSetup(): Promise<void> {
  if (!isMariaDbInstalled()) {
    process.stderr.write(
      'MariaDB is not installed (mariadb-server-core, mariadb-client-core): its tests are skipped\n',
    );
  }
  // What the CDK and others leave in the temporary folder goes with this one, see `global-teardown.ts`.
  process.env.TMPDIR = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-jest-'));
  // For the account that a database runs as when this is root.
  chmodSync(process.env.TMPDIR, 0o755);
  // Loading CloudFormation's rules takes ten seconds for each test file; `cloudformation-rules.test.ts` asks for them.
  process.env.CDK_VALIDATION = 'false';
  await Promise.all([writeBundle(), bundleCli()]);
}
