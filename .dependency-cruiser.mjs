/** Each room may import the rooms before it in its list. */
const ROOMS = {
  lib: ['cdk', 'props', 'secrets', 'target', 'grants', 'provider', 'network', 'gate', 'connection-test'],
  lambda: ['base', 'network', 'failures', 'properties', 'secrets', 'connection', 'cloudformation', 'monitor'],
};

const directions = Object.entries(ROOMS).flatMap(([folder, rooms]) =>
  rooms.map((room, index) => ({
    name: `${folder}/${room}-imports-below`,
    severity: 'error',
    comment: `${folder}/${room} may import what comes before it: ${rooms.join(' < ')}.`,
    from: { path: `^${folder}/${room}/` },
    to: { path: `^${folder}/`, pathNot: `^${folder}/(${[...rooms.slice(0, index + 1)].join('|')})/|^lambda/contract` },
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
    {
      name: 'constructs-import-types-of-the-handler',
      severity: 'error',
      comment: 'lib is compiled by jsii on its own: of lambda it may import the types of the contract.',
      from: { path: '^lib/' },
      to: {
        path: '^(bench|bin|examples|lambda|local-cloud|test|tools)/',
        pathNot:
          '^lambda/((monitor/)?contract|base/redaction/secret-names|network/(rules/[a-z-]+|store-address))\\.ts$',
      },
    },
    {
      name: 'handler-imports-the-sdk-alone',
      severity: 'error',
      comment: 'lambda knows neither the CDK nor any other folder.',
      from: { path: '^lambda/' },
      to: { path: '^(bench|bin|examples|lib|local-cloud|test|tools)/|^node_modules/(aws-cdk-lib|constructs)/' },
    },
    {
      name: 'local-cloud-knows-nothing-of-the-product',
      severity: 'error',
      from: { path: '^local-cloud/' },
      to: { path: '^(bench|bin|examples|lambda|lib|test|tools)/' },
    },
    {
      name: 'local-cloud-by-its-entry-alone',
      severity: 'error',
      comment: "Others import '@cdk-glue-connection-test/local-cloud'.",
      from: { path: '^(bench|bin|examples|lambda|lib|test|tools)/' },
      to: { path: '^local-cloud/', pathNot: '^local-cloud/src/index\\.ts$' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.dev.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules|dist|cdk\\.out)/|\\.d\\.ts$|\\.js$' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
