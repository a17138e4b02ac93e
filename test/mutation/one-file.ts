/**
 * The tests that mutants are run against, of one folder, as one file: Jest loads the CDK and the SDK anew for each file,
 * for each mutant. The quick and telling ones come first, since the first failure ends it.
 */
const FILES: Readonly<Record<string, readonly string[]>> = {
  // Not here: `arbitrary-events-in-bundle`, `fault-matrix` take too long; `leftovers` needs a process of its own; `bundle`
  // and `third-party-notices` are about the build.
  lambda: [
    'retry',
    'exceptions',
    'event',
    'model',
    'properties',
    'reason',
    'redaction',
    'connection-details',
    'failure',
    'property-names',
    'masking',
    'outcomes',
    'connection-input',
    'test-run',
    'secret-failure',
    'handler',
    'side-calls',
    'time-out',
    'arbitrary-events',
  ],
  // Not here: `cloudformation-rules` takes too long for what it adds; `lowest-versions` and `estate` are about versions
  // and size.
  lib: [
    'wildcards',
    'references',
    'names-in-glue',
    'policy-length',
    'connection-target',
    'connection-authentication',
    'secrecy',
    'connection-test-provider',
    'provider-options',
    'imported-provider',
    'organisations',
    'own-role',
    'synthesis',
    'connection-test',
    'connection-tests',
    'connection-input',
    'authentication-template',
    'input-permissions',
    'watch',
    'gate-names',
    'as-deployed',
    'gate-dependents',
    'permissions',
    'role-limits',
    'nag',
    'random-apps',
  ],
};

const folder = process.env.MUTATION_FOLDER ?? '';

for (const file of FILES[folder] ?? []) {
  describe(file, () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    require(`../${folder}/${file}.test`);
  });
}
