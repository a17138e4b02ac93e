import { setTimeout } from 'node:timers/promises';
import { lookUp } from './aws/trail';
import type { Clients } from './aws/clients';
import { physicalIds } from './aws/stacks';
import { alarmsOf, logGroupsOfGlue, metricsOf } from './aws/watching';
import type { Evidence } from './evidence';
import type { Run } from './run';
import { step, STEPS, type StepId } from './steps';

/** An alarm needs two periods, and a changed secret is tested about a minute later. */
const MONITOR_MINUTES = 7;

export interface Observation {
  readonly begun: Date;
  readonly waitMinutes: number;
  readonly logGroupsBefore: readonly string[] | undefined;
  readonly say: (line: string) => void;
}

/** What can only be seen some time after the steps. */
export async function observe(clients: Clients, run: Run, observation: Observation): Promise<Evidence> {
  const { begun, waitMinutes, logGroupsBefore, say } = observation;
  const { deployments, tests } = run;
  const monitored = await watchMonitor(clients, run, waitMinutes, say);
  const after = await logGroupsOfGlue(clients.logs);
  say('Asking CloudTrail, which is minutes late.');
  const calls = await lookUp(clients.cloudTrail, {
    since: begun,
    until: new Date(Date.now() + waitMinutes * 60_000),
    ours: await oursIn(clients, Object.keys(deployments) as StepId[]),
    isStopped: () => run.hasStopped(),
  });
  return {
    ...{ deployments: { ...deployments, ...monitored.deployments }, tests, calls },
    newLogGroups: logGroupsBefore && after?.filter((name) => !logGroupsBefore.includes(name)),
    ...monitored.seen,
  };
}

async function watchMonitor(clients: Clients, run: Run, waitMinutes: number, say: (line: string) => void) {
  const { begun, deployments } = run;
  if (deployments.monitor?.exitCode !== 0) {
    return {};
  }
  const until = (begun.monitor?.getTime() ?? 0) + Math.min(MONITOR_MINUTES, waitMinutes) * 60_000;
  say('Waiting for the alarms of the monitor.');
  while (Date.now() < until && !run.hasStopped()) {
    await setTimeout(1_000);
  }
  const changed = deployments['secret-change'];
  const connections = await idsIn(clients, ['monitor'], 'AWS::Glue::Connection');
  const alarms = await idsIn(clients, ['monitor'], 'AWS::CloudWatch::Alarm');
  return {
    deployments: changed && { 'secret-change': { ...changed, verdicts: await run.verdicts('secret-change') } },
    seen: {
      metrics: await metricsOf(clients.cloudWatch, connections),
      alarms: await alarmsOf(clients.cloudWatch, alarms),
    },
  };
}

/** Words by which a call in CloudTrail is about something of ours. */
async function oursIn(clients: Clients, ids: readonly StepId[]): Promise<string[]> {
  const secrets = await idsIn(clients, ids, 'AWS::SecretsManager::Secret');
  const subnets = await idsIn(clients, ids, 'AWS::EC2::Subnet');
  const groups = await idsIn(clients, ids, 'AWS::EC2::SecurityGroup');
  return ['GlueVerify', ...secrets, ...subnets, ...groups];
}

async function idsIn(clients: Clients, ids: readonly StepId[], type: string): Promise<string[]> {
  const stacks = [...new Set(ids.filter((id) => id in STEPS).map((id) => step(id).stack))];
  const found = await Promise.all(stacks.map((stack) => physicalIds(clients.cloudFormation, stack, type)));
  return found.flat();
}
