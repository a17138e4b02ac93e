import type { Clock } from '../base/clock';
import { withDeadline } from '../base/deadline';
import { createLog, type Log } from '../base/log';
import { Redactor } from '../base/redaction/redactor';
import { metricsOf } from '../base/metrics';
import { AssumedRole } from '../connection/assumed-role';
import { Clients } from '../connection/clients';
import { testConnection } from '../connection/test-connection';
import type { Verdict } from '../connection/verdict';
import { logVerdict } from '../connection/verdict-log';
import type { Monitored, Settings } from './event';
import type { BackOff } from './back-off';
import { fingerprintOf } from './fingerprint';

/** How long reading a fingerprint may take. */
const FINGERPRINT_MS = 8_000;

/** One connection in one run. What happens is told in a single log entry, which carries the metrics. */
export class MonitoredTest {
  readonly log: Log;
  private readonly redactor = new Redactor();
  private readonly role: AssumedRole | undefined;

  /** @param trigger why the run began, for the log */
  constructor(
    private readonly monitored: Monitored,
    { stackId }: Settings,
    requestId: string,
    private readonly trigger: 'SCHEDULE' | 'SECRET_CHANGE',
    private readonly clock: Clock,
  ) {
    const { connectionName, roleArn } = monitored;
    const externalId = monitored.stackId ?? stackId;
    this.log = createLog(requestId, connectionName, this.redactor.redact);
    this.role = roleArn === undefined ? undefined : new AssumedRole(roleArn, connectionName, externalId, this.redactor);
  }

  async run(remainingMs: number): Promise<Verdict> {
    const { redactor, role, clock } = this;
    const { request } = this.monitored;
    const failed: string[] = [];
    const verdict = await testConnection(request, remainingMs, {
      connect: (patienceMs) => this.connect(patienceMs),
      role,
      redactor,
      clock,
      log: ({ event, message }) => (event === 'attempt failed' ? failed.push(message) : 0),
    });
    const { failure } = verdict;
    // The last attempt is what the entry is about.
    const earlier = failure === undefined ? failed : failed.slice(0, -1);
    // Nothing is wrong with a connection that somebody has deleted, or that Glue can't test.
    const level = failure?.category === 'NOT_FOUND' || failure?.category === 'UNSUPPORTED' ? 'WARN' : 'ERROR';
    logVerdict(
      request,
      verdict,
      level,
      { clock, log: this.log },
      {
        trigger: this.trigger,
        earlier: earlier.length > 0 ? earlier : undefined,
      },
    );
    return verdict;
  }

  /** @returns undefined if it can't be read now */
  async fingerprint(): Promise<string | undefined> {
    const clients = this.connect(FINGERPRINT_MS);
    try {
      return await withDeadline(FINGERPRINT_MS, this.clock, async ({ signal }) => {
        const refusal = await this.role?.assume(signal);
        return refusal === undefined
          ? fingerprintOf(this.monitored, clients.glue, clients.secretsManager, signal)
          : undefined;
      });
    } catch {
      return undefined;
    } finally {
      clients.close();
    }
  }

  /** The connection is left alone, and as unhealthy as it was found. */
  logBackOff({ refusals, until }: BackOff): void {
    const { connectionName, request } = this.monitored;
    const times = refusals === 1 ? 'once' : `${refusals} times in a row`;
    const time = new Date(until).toISOString();
    this.log({
      level: 'WARN',
      event: 'connection backs off',
      message: `not tested: the data store has refused its credentials ${times}; the next test is in the first run after ${time}, or when its secret or its definition changes`,
      connectionName,
      trigger: this.trigger,
      category: 'CREDENTIALS',
      refusals,
      until: time,
      ...(request.emitsMetrics === true ? metricsOf(connectionName, false, undefined, this.clock.now()) : undefined),
    });
  }

  private connect(patienceMs: number): Clients {
    return new Clients(patienceMs, this.role?.credentials);
  }
}
