import type { Deployment } from '../evidence';
import { quoted, states, TEST_TYPE } from './reading';
import type { Unknown } from './unknown';

const STACK = 'AWS::CloudFormation::Stack';

/** What CloudFormation does with the custom resource. */
export const CLOUDFORMATION: readonly Unknown[] = [
  {
    id: 'depends-on',
    question: 'Does a test run again when only its `DependsOn` changes?',
    experiment: 'deploy `GlueVerifyLifecycle` with another dependency; read the events of the test',
    steps: ['depends-on'],
    read: ({ deployments: { 'depends-on': deployment } }) => {
      if (deployment?.exitCode !== 0) {
        return undefined;
      }
      const seen = states(deployment, TEST_TYPE);
      return seen.length === 0 ? `no: the test has no event, the stack is ${deployment.status}` : path(seen);
    },
  },
  {
    id: 'update-rollback',
    question: 'Which events come when an update fails at a test?',
    experiment: 'update `GlueVerifyLifecycle` with a test that fails; read the events of the stack and of the test',
    steps: ['update-rollback'],
    read: ({ deployments }) => course(deployments['update-rollback']),
  },
  {
    id: 'create-rollback',
    question: 'Which events come when a creation fails at a test?',
    experiment: 'deploy `GlueVerifyCreateRollback`; read the events of the stack and of the test',
    steps: ['create-rollback'],
    read: ({ deployments }) => course(deployments['create-rollback']),
  },
  {
    id: 'reason',
    question: "Does the function's reason arrive whole in the events?",
    experiment: 'deploy `GlueVerifyCreateRollback`; read the reason of the test',
    steps: ['create-rollback'],
    read: ({ deployments: { 'create-rollback': deployment } }) => {
      const failed = deployment?.events.find(
        ({ resourceType, status }) => resourceType === TEST_TYPE && status === 'CREATE_FAILED',
      );
      return failed?.reason && quoted(failed.reason);
    },
  },
  {
    id: 'rollback-on-demand',
    question: 'In which state does RollbackStack leave a stack that has never been stable?',
    experiment:
      '`cdk deploy --no-rollback` of `GlueVerifyNoRollback`, then `cdk rollback`; read the state and the events',
    steps: ['rollback'],
    read: ({ deployments: { rollback } }) =>
      rollback &&
      (rollback.status === undefined && rollback.events.length === 0
        ? undefined
        : `${rollback.status ?? 'gone'}; ${course(rollback)}`),
  },
];

/** What became of the stack and of its test. */
function course(deployment: Deployment | undefined): string | undefined {
  if (deployment === undefined || deployment.events.length === 0) {
    return undefined;
  }
  const test = states(deployment, TEST_TYPE);
  return `stack ${path(states(deployment, STACK))}; test ${test.length === 0 ? 'without an event' : path(test)}`;
}

function path(seen: readonly string[]): string {
  return seen.join(' → ');
}
