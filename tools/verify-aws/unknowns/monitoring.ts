import type { Deployment } from '../evidence';
import type { Unknown } from './unknown';

/** What goes on after the deployment, and what is found in a network. */
export const MONITORING: readonly Unknown[] = [
  {
    id: 'findings',
    question: 'Does the function find what is wrong in a real network?',
    experiment: "the broken connections of `integ.network.ts`; read `findings` in the function's log",
    steps: ['in-vpc'],
    read: ({ deployments: { 'in-vpc': deployment } }) => {
      const found = deployment?.verdicts.flatMap(({ connectionName, findings = [] }) =>
        findings.length === 0 ? [] : [`${connectionName}: ${findings.join(', ')}`],
      );
      return found === undefined || found.length === 0 ? undefined : found.join('; ');
    },
  },
  {
    id: 'scheduler',
    question: 'Does EventBridge Scheduler invoke the function with what the schedule has as its input?',
    experiment: "`GlueVerifyMonitor`, every minute; count the tests in the function's log",
    steps: ['secret-change'],
    read: ({ deployments: { 'secret-change': deployment } }) => {
      const tests = monitored(deployment);
      return tests.length === 0 ? undefined : `yes: ${tests.length} tests, at ${tests.map(({ at }) => at).join(', ')}`;
    },
  },
  {
    id: 'secret-event',
    question: 'Does a new version of a secret test its connections about a minute later?',
    experiment: "change the secret of `GlueVerifyMonitor`; read the trigger of the tests in the function's log",
    steps: ['secret-change'],
    read: ({ deployments: { 'secret-change': deployment } }) => {
      const tests = deployment?.verdicts.filter(({ trigger }) => trigger === 'SECRET_CHANGE') ?? [];
      return tests.length === 0 ? undefined : `yes: tests at ${tests.map(({ at }) => at).join(', ')}`;
    },
  },
  {
    id: 'metrics',
    question: 'Does CloudWatch read the metrics out of the log (EMF)?',
    experiment: '`GlueVerifyMonitor`; list the metrics of the namespace `GlueConnections`',
    steps: ['monitor'],
    read: ({ metrics }) => (metrics === undefined || metrics.length === 0 ? undefined : metrics.join(', ')),
  },
  {
    id: 'alarm-of-connection',
    question: 'Does the alarm of a broken connection go off?',
    experiment: '`GlueVerifyMonitor`, seven minutes after its deployment; read the state of the alarm',
    steps: ['monitor'],
    read: ({ alarms }) => stateOf(alarms?.filter(({ isQuery }) => !isQuery)),
  },
  {
    id: 'alarm-of-all',
    question: 'Is the alarm by a query of Metrics Insights accepted, and does it go off?',
    experiment: '`GlueVerifyMonitor`, seven minutes after its deployment; read the state of the alarm',
    steps: ['monitor'],
    read: ({ alarms }) => stateOf(alarms?.filter(({ isQuery }) => isQuery)),
  },
];

function monitored(deployment: Deployment | undefined): Deployment['verdicts'] {
  return deployment?.verdicts.filter(({ trigger }) => trigger === 'SCHEDULE') ?? [];
}

function stateOf(alarms: readonly { readonly state: string }[] | undefined): string | undefined {
  return alarms === undefined || alarms.length === 0 ? undefined : alarms.map(({ state }) => state).join(', ');
}
