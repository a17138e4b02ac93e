import type { MonitoredConnection, MonitorSettings } from './contract';
import { problemsOf } from '../properties/problems';
import { InvalidPropertiesError, parseProperties, type ResourceRequest } from '../properties/properties';
import { isObject } from '../properties/shape';
import { CONNECTION, EVENT, problemsOfSecrets } from './event-model';

/** What a monitor's event asks for. */
export type Wish =
  | { readonly kind: 'PLAN'; readonly settings: Settings; readonly secrets: readonly string[] }
  | { readonly kind: 'TEST_SECRET'; readonly settings: Settings; readonly secret: string }
  | { readonly kind: 'TEST'; readonly settings: Settings; readonly run: Run };

export interface Settings {
  /** As they came, for the schedules that the function makes. */
  readonly asSent: MonitorSettings;
  readonly group: string;
  readonly schedule: string;
  readonly roleArn: string;
  readonly stackId: string;
  readonly intervalMs: number;
  readonly maxConcurrency: number;
}

export interface Run {
  readonly connections: readonly Monitored[];
  /** What is wrong with the entries that are left out. */
  readonly problems: readonly string[];
  /** When the run began; undefined if it begins now, with all connections. */
  readonly beganAt: number | undefined;
  /** The secret whose change began the run. */
  readonly secret: string | undefined;
}

/** A connection that is monitored. */
export interface Monitored {
  /** As it came. */
  readonly entry: MonitoredConnection;
  readonly request: ResourceRequest;
  readonly connectionName: string;
  readonly roleArn: string | undefined;
  /** Of the test, if that is not the monitor's. */
  readonly stackId: string | undefined;
  readonly secrets: readonly string[];
}

/**
 * Reads an event of `ConnectionMonitor`, which may be anything.
 *
 * @throws InvalidPropertiesError with everything that is wrong, but without values
 */
export function readWish(event: object): Wish {
  const { Monitor, Connections, BeganAt, Secret, SecretsChanged } = event as Record<string, unknown>;
  const problems = problemsOf(EVENT, event);
  if ([Connections ?? Secret, SecretsChanged].filter((value) => value !== undefined).length !== 1) {
    problems.push("exactly one of 'Connections', 'Secret' and 'SecretsChanged' is required");
  }
  if (Connections !== undefined && !Array.isArray(Connections)) {
    problems.push("'Connections' must be a list of connections");
  }
  if (SecretsChanged !== undefined) {
    problems.push(...problemsOfSecrets(SecretsChanged, 'SecretsChanged', 1));
  }
  if (typeof BeganAt === 'string' && Number.isNaN(Date.parse(BeganAt))) {
    problems.push("'BeganAt' must be a time");
  }
  if (problems.length > 0) {
    throw new InvalidPropertiesError(problems);
  }
  const settings = settingsOf(Monitor as MonitorSettings);
  const secret = Secret as string | undefined;
  if (Connections !== undefined) {
    const beganAt = BeganAt === undefined ? undefined : Date.parse(BeganAt as string);
    return { kind: 'TEST', settings, run: { ...readConnections(Connections as unknown[]), beganAt, secret } };
  }
  return secret === undefined
    ? { kind: 'PLAN', settings, secrets: [...new Set(SecretsChanged as string[])] }
    : { kind: 'TEST_SECRET', settings, secret };
}

function settingsOf(asSent: MonitorSettings): Settings {
  // Integers may come as text.
  const { IntervalMinutes, MaxConcurrency }: Record<string, unknown> = { ...asSent };
  return {
    asSent,
    group: asSent.Group,
    schedule: asSent.Schedule,
    roleArn: asSent.RoleArn,
    stackId: asSent.StackId,
    intervalMs: Number(IntervalMinutes) * 60_000,
    maxConcurrency: Number(MaxConcurrency),
  };
}

/** Reads the connections that are right, each once: one that is wrong keeps no other from its test. */
function readConnections(list: readonly unknown[]): Pick<Run, 'connections' | 'problems'> {
  const connections = new Map<string, Monitored>();
  const problems: string[] = [];
  list.forEach((entry, index) => {
    const found = problemsOf(CONNECTION, entry, `Connections[${index}]`);
    const { Properties, StackId, Secrets = [] } = (isObject(entry) ? entry : {}) as Partial<MonitoredConnection>;
    found.push(...problemsOfSecrets(Secrets, `Connections[${index}].Secrets`, 0));
    if (found.length > 0 || Properties === undefined) {
      problems.push(...found);
      return;
    }
    const key = keyOf(Properties);
    if (!connections.has(key)) {
      connections.set(key, {
        entry: entry as MonitoredConnection,
        // A deployment has waited for what had to spread.
        request: { ...parseProperties({ ...Properties }), isSettled: true },
        connectionName: Properties.ConnectionName ?? '',
        roleArn: Properties.RoleArn,
        stackId: StackId,
        secrets: Secrets,
      });
    }
  });
  return { connections: [...connections.values()], problems };
}

/** What tells one connection from another. */
export function keyOf({ ConnectionName = '', CatalogId = '' }: MonitoredConnection['Properties']): string {
  return JSON.stringify([CatalogId, ConnectionName]);
}
