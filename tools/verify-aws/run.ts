import { setTimeout } from 'node:timers/promises';
import type { Cdk } from './cdk';
import type { Clients } from './aws/clients';
import { testDirectly } from './aws/direct-tests';
import { verdictsSince } from './aws/function-log';
import { eventsSince, findStack, physicalIds } from './aws/stacks';
import type { Deployment, DirectTest } from './evidence';
import { step, type StepId } from './steps';

/** So many `cdk` commands at once. */
const LANES = 3;

export interface RunOptions {
  readonly cdk: Cdk;
  readonly clients: Clients;
  readonly mask: (text: string) => string;
  readonly say: (line: string) => void;
}

/** Runs steps, each after those that it waits for, and looks at what they have done. */
export class Run {
  readonly deployments: Partial<Record<StepId, Deployment>> = {};
  readonly tests: DirectTest[] = [];
  readonly begun: Partial<Record<StepId, Date>> = {};
  private isStopped = false;
  private free = LANES;

  constructor(private readonly options: RunOptions) {}

  /** Begins nothing any more, and ends the commands. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await this.options.cdk.stop();
  }

  hasStopped(): boolean {
    return this.isStopped;
  }

  async all(steps: readonly StepId[]): Promise<void> {
    const ends = new Map<StepId, Promise<void>>();
    for (const id of steps) {
      const { after, needs } = step(id);
      const before = [after, needs].flatMap((one) => (one === undefined ? [] : (ends.get(one) ?? [])));
      ends.set(
        id,
        Promise.all(before).then(() => this.inLane(id)),
      );
    }
    await Promise.all(ends.values());
  }

  /** What the function has logged since a step began, as it is by now. */
  async verdicts(id: StepId): Promise<Deployment['verdicts']> {
    const { cloudFormation, logs } = this.options.clients;
    const groups = await physicalIds(cloudFormation, step(id).stack, 'AWS::Logs::LogGroup');
    return verdictsSince(logs, groups, this.begun[id] ?? new Date());
  }

  private async inLane(id: StepId): Promise<void> {
    const { needs } = step(id);
    if (needs !== undefined && this.deployments[needs]?.exitCode !== 0) {
      this.options.say(`${id}: left out, since ${needs} has not succeeded`);
      return;
    }
    while (this.free === 0) {
      await setTimeout(100);
    }
    if (this.hasStopped()) {
      return;
    }
    this.free -= 1;
    try {
      await this.one(id);
    } finally {
      this.free += 1;
    }
  }

  private async one(id: StepId): Promise<void> {
    const { cdk, clients, mask, say } = this.options;
    const start = Date.now();
    // The clock of AWS may be a little behind.
    this.begun[id] = new Date(start - 2_000);
    const exitCode = await cdk.run(id);
    const deployment = { exitCode, seconds: Math.round((Date.now() - start) / 1_000), ...(await this.look(id)) };
    this.deployments[id] = deployment;
    say(`${id}: ${deployment.status ?? 'no stack'} after ${deployment.seconds} s`);
    if (exitCode !== 0 && deployment.events.length === 0) {
      say(`${id}: the cdk command has failed, see ${cdk.logOf(id)}`);
    }
    if (!this.hasStopped()) {
      this.tests.push(...(await testDirectly(clients.glue, id, deployment, mask)));
    }
  }

  private async look(id: StepId): Promise<Pick<Deployment, 'events' | 'outputs' | 'status' | 'verdicts'>> {
    const { clients, mask } = this.options;
    const { cloudFormation } = clients;
    const { stack: name } = step(id);
    const stack = await findStack(cloudFormation, name);
    const outputs = (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [
      OutputKey,
      mask(OutputValue),
    ]);
    const events = await eventsSince(cloudFormation, stack?.StackId ?? name, this.begun[id] ?? new Date());
    return {
      events: events.map((event) => ({ ...event, reason: event.reason && mask(event.reason) })),
      outputs: Object.fromEntries(outputs) as Record<string, string>,
      status: stack?.StackStatus,
      verdicts: await this.verdicts(id),
    };
  }
}
