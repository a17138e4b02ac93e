import type { Evidence, TrailCall } from '../evidence';
import { outcomes, saidIn, testsOf } from './reading';
import type { Unknown } from './unknown';

const CLOUDTRAIL = 'look the calls up in CloudTrail, which may take 15 minutes';

/** Whose permissions are used, and which. */
export const PERMISSIONS: readonly Unknown[] = [
  {
    id: 'secret-reader',
    question: 'Whose permissions read the secret of a connection?',
    experiment: `test the connections of \`integ.network.ts\` and \`integ.public.ts\`; ${CLOUDTRAIL}: GetSecretValue`,
    steps: ['in-vpc', 'public'],
    read: (evidence) => callers(evidence, ['GetSecretValue']),
  },
  {
    id: 'interface-maker',
    question: 'Whose permissions make the network interfaces, and which other calls of EC2 are there?',
    experiment: `test the connections of \`integ.network.ts\`; ${CLOUDTRAIL}: CreateNetworkInterface and others`,
    steps: ['in-vpc'],
    read: (evidence) =>
      callers(evidence, [
        ...['CreateNetworkInterface', 'DeleteNetworkInterface', 'CreateTags', 'DescribeNetworkInterfaces'],
        ...['DescribeSubnets', 'DescribeSecurityGroups', 'DescribeVpcEndpoints', 'DescribeRouteTables'],
        'DescribeVpcAttribute',
      ]),
  },
  {
    id: 'resource-of-name',
    question: 'On which resource does Glue authorize the test of a name?',
    experiment: '`DeniedOfName` of `integ.texts.ts`, by a role without permissions; read the message in the outputs',
    steps: ['texts'],
    read: ({ deployments: { texts } }) => texts && saidIn(texts, 'DeniedOfName'),
  },
  {
    id: 'resource-of-input',
    question: 'On which resource does Glue authorize the test of an input?',
    experiment: '`DeniedOfInput` of `integ.texts.ts`, by a role without permissions; read the message in the outputs',
    steps: ['texts'],
    read: ({ deployments: { texts } }) => texts && saidIn(texts, 'DeniedOfInput'),
  },
  {
    id: 'pass-role',
    question: 'Does a connection with `ROLE_ARN` take `iam:PassRole`?',
    experiment: '`WithRole` of `integ.texts.ts`, by the kit and by the function, which may not pass roles',
    steps: ['texts'],
    read: (evidence) => {
      const { texts } = evidence.deployments;
      const function_ = texts && saidIn(texts, 'WithRole');
      const direct = outcomes(testsOf(evidence, 'WithRole'));
      return function_ === undefined ? direct : `the function: ${function_}; the kit: ${direct ?? 'not tested'}`;
    },
  },
  {
    id: 'kms-key',
    question: 'What does it do with the `KmsKeyArn` of an AuthenticationConfiguration?',
    experiment: 'call it for `WithKey` of `integ.texts.ts`, whose key does not exist; compare with `Unified`',
    steps: ['texts'],
    read: (evidence) => outcomes(testsOf(evidence, 'WithKey', 'texts')),
  },
  {
    id: 'propagation',
    question: 'How many attempts does a test take directly after its role was made?',
    experiment: "the function's log of all first deployments; read `attempts` of tests that have more than one",
    steps: ['texts', 'created', 'monitor'],
    read: ({ deployments }) => {
      const attempts = Object.values(deployments)
        .flatMap(({ verdicts }) => verdicts)
        .flatMap((verdict) => verdict.attempts ?? []);
      return attempts.length === 0
        ? undefined
        : `up to ${Math.max(...attempts)}; ${attempts.filter((count) => count > 1).length} of ${attempts.length} tests took more than one`;
    },
  },
];

/** Each call, and who made it. */
function callers({ calls }: Evidence, names: readonly string[]): string | undefined {
  const known = names.flatMap((name) => {
    const by = [...new Set((calls ?? []).filter((call) => call.name === name).map(caller))];
    return by.length === 0 ? [] : [`${name}: ${by.join(', ')}`];
  });
  return known.length === 0 ? undefined : known.join('; ');
}

function caller({ by, invokedBy, error }: TrailCall): string {
  const through = invokedBy === undefined ? '' : ` by ${invokedBy}`;
  return `${by}${through}${error === undefined ? '' : ` (${error})`}`;
}
