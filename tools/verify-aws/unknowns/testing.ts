import type { Evidence } from '../evidence';
import type { StepId } from '../steps';
import { outcomes, quoted, saidIn, testsOf } from './reading';
import type { Unknown } from './unknown';

const STORES: readonly StepId[] = ['in-vpc', 'public'];

/** What TestConnection takes, says, and how long it takes. */
export const TESTING: readonly Unknown[] = [
  {
    id: 'classic-by-name',
    question: 'Does TestConnection take a classic JDBC connection by its name?',
    experiment: 'call it for `Classic` of `integ.network.ts` and `integ.public.ts`; read the answer',
    steps: STORES,
    read: (evidence) => outcomes(testsOf(evidence, 'Classic')),
  },
  {
    id: 'unified-by-name',
    question: 'Does it take a connection with an AuthenticationConfiguration, of type POSTGRESQL, by its name?',
    experiment: 'call it for `Unified` of `integ.network.ts` and `integ.texts.ts`; read the answer',
    steps: ['in-vpc', 'texts'],
    read: (evidence) => outcomes(testsOf(evidence, 'Unified')),
  },
  {
    id: 'jdbc-by-input',
    question: 'Does it take an input of type JDBC, with `SECRET_ID` and with a password?',
    experiment:
      '`InputOfSecret`, `InputOfPassword` of `integ.public.ts`, by the function; read the outputs of the stack',
    steps: ['public'],
    read: ({ deployments: { public: deployment } }) =>
      deployment && join(['InputOfSecret', 'InputOfPassword'], (id) => saidIn(deployment, id)),
  },
  {
    id: 'other-types',
    question: 'Does it take the types NETWORK, KAFKA, MONGODB and CUSTOM by name? (MARKETPLACE needs a subscription.)',
    experiment: 'call it for those of `integ.types.ts` and `Network` of `integ.network.ts`; read the answers',
    steps: ['in-vpc', 'kafka', 'mongodb', 'custom'],
    read: (evidence) =>
      join(
        ['Network', 'Kafka', 'MongoDb', 'Custom'],
        (id) => outcomes(testsOf(evidence, id)) ?? notCreated(evidence, id),
      ),
  },
  {
    id: 'texts',
    question: 'How do its texts read, word for word?',
    experiment: 'call it for each broken connection; the texts go into `test/lambda/failures/seen.json`',
    steps: ['in-vpc', 'public', 'texts'],
    read: ({ tests }) => {
      const texts = tests.filter(({ exception }) => exception !== undefined);
      return texts.length === 0
        ? undefined
        : `${new Set(texts.map(({ text }) => text)).size} texts, of ${[...new Set(texts.map(({ id }) => id))].join(', ')}`;
    },
  },
  {
    id: 'duration',
    question: 'How long does a test take that passes?',
    experiment: 'time the calls that pass',
    steps: STORES,
    read: ({ tests }) => {
      const seconds = tests.filter(({ exception }) => exception === undefined).map((test) => test.seconds);
      return seconds.length === 0
        ? undefined
        : `${Math.min(...seconds)} to ${Math.max(...seconds)} s, in ${seconds.length} tests`;
    },
  },
  {
    id: 'timeout',
    question: 'When does it give up on a store that does not answer, and what does it say?',
    experiment: 'time the call for `Silent` of `integ.texts.ts`, whose address nobody answers',
    steps: ['texts'],
    read: (evidence) => outcomes(testsOf(evidence, 'Silent')),
  },
  {
    id: 'validate-credentials',
    question: 'What does `ValidateCredentials` check when a classic connection is created?',
    experiment: 'deploy `GlueVerifyCreation`, whose password is wrong; read the events of the connection',
    steps: ['creation'],
    read: ({ deployments: { creation } }) => {
      const last = creation?.events.filter(({ resourceType }) => resourceType === 'AWS::Glue::Connection').at(-1);
      return last && `${last.status}${last.reason === undefined ? '' : `: ${quoted(last.reason)}`}`;
    },
  },
  {
    id: 'log-group',
    question: 'Does TestConnection, called by its API, write the log group `/aws-glue/testconnection`?',
    experiment: 'list the log groups below `/aws-glue/` before and after the run',
    steps: ['texts'],
    read: ({ newLogGroups }) => {
      if (newLogGroups === undefined) {
        return undefined;
      }
      return newLogGroups.length === 0 ? 'no new log group' : newLogGroups.join(', ');
    },
  },
];

/** Each that has an answer, after its name. */
function join(ids: readonly string[], read: (id: string) => string | undefined): string | undefined {
  const known = ids.flatMap((id) => {
    const answer = read(id);
    return answer === undefined ? [] : [`${id}: ${answer}`];
  });
  return known.length === 0 ? undefined : known.join('; ');
}

/** Why there is no connection to test. */
function notCreated({ deployments }: Evidence, id: string): string | undefined {
  const events = Object.values(deployments).flatMap((deployment) => deployment.events);
  const failed = events.find(({ logicalId, status }) => logicalId === id && status === 'CREATE_FAILED');
  return failed && `not created: ${quoted(failed.reason ?? '')}`;
}
