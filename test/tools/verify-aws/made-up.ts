import type { Deployment, Evidence } from '../../../tools/verify-aws/evidence';

/**
 * Made up: nobody has seen any of this on AWS. It only has the form of what a run sees, with one answer to each question.
 */
const TEST = 'Custom::GlueConnectionTest';
const STACK = 'AWS::CloudFormation::Stack';
const AT = '2026-01-31T12:00:00.000Z';

function deployment(parts: Partial<Deployment> = {}): Deployment {
  return { exitCode: 0, seconds: 60, events: [], status: 'CREATE_COMPLETE', outputs: {}, verdicts: [], ...parts };
}

function event(resourceType: string, status: string, reason?: string) {
  return { at: AT, logicalId: resourceType === TEST ? 'Test' : 'Other', resourceType, status, reason };
}

const failedCreation = [
  event(STACK, 'CREATE_IN_PROGRESS'),
  event(TEST, 'CREATE_IN_PROGRESS'),
  event(TEST, 'CREATE_FAILED', 'made-up | reason\nof two lines'),
  event(STACK, 'ROLLBACK_COMPLETE'),
];

export const MADE_UP: Evidence = {
  deployments: {
    'in-vpc': deployment({
      verdicts: [{ at: AT, event: 'connection failed', connectionName: 'made-up', findings: ['STORE_CLOSED'] }],
    }),
    creation: deployment({ events: [event('AWS::Glue::Connection', 'CREATE_FAILED', 'made-up refusal')] }),
    public: deployment({
      outputs: { InputOfSecretOutcome: 'PASSED', InputOfSecretCategory: 'NONE', InputOfSecretMessage: '' },
    }),
    texts: deployment({
      outputs: {
        DeniedOfNameOutcome: 'FAILED',
        DeniedOfNameCategory: 'ACCESS_DENIED',
        DeniedOfNameMessage: 'made-up: on resource: arn:aws:glue:eu-west-1:111122223333:connection/made-up',
        DeniedOfInputOutcome: 'FAILED',
        DeniedOfInputCategory: 'ACCESS_DENIED',
        DeniedOfInputMessage: 'made-up: on resource: *',
        WithRoleOutcome: 'FAILED',
        WithRoleCategory: 'UNREACHABLE',
        WithRoleMessage: 'made-up',
      },
      verdicts: [{ at: AT, event: 'connection failed', connectionName: 'made-up', attempts: 2 }],
    }),
    'depends-on': deployment({ status: 'UPDATE_COMPLETE' }),
    'update-rollback': deployment({
      events: [event(TEST, 'UPDATE_FAILED'), event(TEST, 'UPDATE_COMPLETE'), event(STACK, 'UPDATE_ROLLBACK_COMPLETE')],
    }),
    'create-rollback': deployment({ exitCode: 1, events: failedCreation, status: 'ROLLBACK_COMPLETE' }),
    rollback: deployment({ events: [event(STACK, 'ROLLBACK_COMPLETE')], status: 'ROLLBACK_COMPLETE' }),
    'secret-change': deployment({
      verdicts: [
        { at: AT, event: 'connection failed', trigger: 'SCHEDULE' },
        { at: AT, event: 'connection failed', trigger: 'SECRET_CHANGE' },
      ],
    }),
  },
  tests: [
    { id: 'Classic', step: 'public', seconds: 12.5 },
    { id: 'Unified', step: 'texts', exception: 'InvalidInputException', text: 'made-up text', seconds: 3 },
    { id: 'WithKey', step: 'texts', exception: 'InvalidInputException', text: 'made-up key', seconds: 3 },
    { id: 'Kafka', step: 'kafka', exception: 'InvalidInputException', text: 'made-up | other text', seconds: 1 },
    { id: 'Silent', step: 'texts', exception: 'OperationTimeoutException', text: 'made-up silence', seconds: 300 },
  ],
  calls: [
    { name: 'GetSecretValue', by: 'role GlueVerifyMadeUp', invokedBy: 'glue.amazonaws.com' },
    { name: 'CreateNetworkInterface', by: 'role GlueVerifyMadeUp', error: 'AccessDenied' },
  ],
  newLogGroups: ['/aws-glue/made-up'],
  metrics: ['Attempts', 'Duration', 'Healthy'],
  alarms: [
    { name: 'made-up-each', state: 'ALARM', isQuery: false },
    { name: 'made-up-all', state: 'OK', isQuery: true },
  ],
};
