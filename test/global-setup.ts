import { writeBundle } from '../lambda/bundle';
import { isInstalled } from '../local-cloud/database/mariadb-instance';

/** Tests run against the handler as it is built from the sources beside them. */
export default async function globalSetup(): Promise<void> {
  if (!isInstalled()) {
    process.stderr.write(
      'MariaDB is not installed (mariadb-server-core, mariadb-client-core): its tests are skipped\n',
    );
  }
  // Loading CloudFormation's rules takes ten seconds for each test file; `cloudformation-rules.test.ts` asks for them.
  process.env.CDK_VALIDATION = 'false';
  await writeBundle();
}
