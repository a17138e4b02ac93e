/** Each room may import the rooms before it in its list. */
const ROOMS = {
  lib: [
    'cdk',
    'props',
    'secrets',
    'target',
    'grants',
    'provider',
    'network',
    'gate',
    'connection-test',
    'monitor',
    'sweep',
  ],
  lambda: [
    'base',
    'network',
    'failures',
    'properties',
    'secrets',
    'connection',
    'cloudformation',
    'monitor',
    'sweep',
    'sweep-resource',
  ],
  'cli/src': ['arguments', 'aws', 'selection', 'run', 'output'],
};

const directions = Object.entries(ROOMS).flatMap(([folder, rooms]) =>
  rooms.map((room, index) => ({
    name: `${folder}/${room}-imports-below`,
    severity: 'error',
    comment: `${folder}/${room} may import what comes before it: ${rooms.join(' < ')}.`,
    from: { path: `^${folder}/${room}/` },
    to: {
      path: `^${folder}/`,
      pathNot: `^${folder}/(${[...rooms.slice(0, index + 1)].join('|')})/|^lambda/((monitor|sweep|sweep-resource)/)?contract`,
    },
  })),
);

/** The directions of imports, types included; `npm run lint` holds them. */
export default {
  forbidden: [
    {
      name: 'no-circle',
      severity: 'error',
      comment: 'Files that import one another, also by types only, can only be read together.',
      from: {},
      to: { circular: true },
    },
    ...directions,
    {
      name: 'each-caller-of-the-core-on-its-own',
      severity: 'error',
      comment: 'lambda/cloudformation and lambda/monitor both call lambda/connection, and know nothing of each other.',
      from: { path: '^lambda/monitor/' },
      to: { path: '^lambda/cloudformation/' },
    },
    ...Object.entries(ROOMS).map(([folder, rooms]) => ({
      name: `rooms-of-${folder}-are-listed`,
      severity: 'error',
      comment: 'A room that is not in the list above would import what it likes.',
      from: { path: `^${folder}/[^/]+/`, pathNot: `^${folder}/(${rooms.join('|')})/` },
      to: {},
    })),
    {
      name: 'constructs-import-the-cdk-alone',
      severity: 'error',
      comment: 'The package has no runtime dependency but its peers.',
      from: { path: '^lib/' },
      to: { path: '^node_modules/(?!aws-cdk-lib/|constructs/|@types/)' },
    },
    {
      name: 'constructs-share-little-with-the-handler',
      severity: 'error',
      comment: 'lib shares the contract, the names of secrets and the rules of networks with lambda, and nothing else.',
      from: { path: '^lib/' },
      to: {
        path: '^(bench|bin|cli|examples|lambda|local-cloud|test|tools)/',
        pathNot:
          '^lambda/(((monitor|sweep|sweep-resource)/)?contract|base/redaction/secret-names|network/(rules/[a-z-]+|store-address))\\.ts$',
      },
    },
    {
      name: 'handler-imports-the-sdk-alone',
      severity: 'error',
      comment: 'lambda imports the AWS SDK, and no other package or folder.',
      from: { path: '^lambda/' },
      to: {
        path: '^(bench|bin|cli|examples|lib|local-cloud|test|tools)/|^node_modules/(?!@aws-sdk/|@smithy/|@types/)',
      },
    },
    {
      name: 'command-line-imports-the-core-alone',
      severity: 'error',
      comment:
        'cli runs the core of lambda. What belongs to CloudFormation, and the constructs, are none of its business.',
      from: { path: '^cli/src/' },
      to: {
        path: '^(bench|bin|examples|lambda|lib|local-cloud|test|tools)/|^node_modules/(aws-cdk-lib|constructs)/',
        pathNot: '^lambda/((base|connection|failures|network|properties|secrets)/|contract\\.ts$)',
      },
    },
    {
      name: 'command-line-is-a-program',
      severity: 'error',
      comment: 'Others start it. Only its own tests, its bundle and benchmarks know its files.',
      from: { path: '^(bin|examples|lambda|lib|local-cloud)/' },
      to: { path: '^cli/' },
    },
    {
      name: 'local-cloud-knows-nothing-of-the-product',
      severity: 'error',
      from: { path: '^local-cloud/' },
      to: { path: '^(bench|bin|cli|examples|lambda|lib|test|tools)/' },
    },
    {
      name: 'local-cloud-by-its-entry-alone',
      severity: 'error',
      comment: "Others import '@cdk-glue-connection-test/local-cloud'.",
      from: { path: '^(bench|bin|cli|examples|lambda|lib|test|tools)/' },
      to: { path: '^local-cloud/', pathNot: '^local-cloud/src/index\\.ts$' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.dev.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|cdk\\.out)/|^(?!node_modules/).*(\\.d\\.ts|\\.js)$' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
