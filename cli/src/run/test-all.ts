import { leastSecondsFor } from '../../../lambda/properties/budget';
import { SYSTEM_CLOCK } from '../../../lambda/base/clock';
import type { Redactor } from '../../../lambda/base/redaction/redactor';
import { Clients } from '../../../lambda/connection/clients';
import { testConnection } from '../../../lambda/connection/test-connection';
import type { Options } from '../arguments/options';
import type { CredentialProvider } from '../aws/credentials';
import type { Subject } from '../selection/subject';
import { notTested, reportOf } from './connection-report';
import { workInParallel } from './pool';
import type { ConnectionReport } from './report';

/** Hears how the tests get on. */
export interface Listener {
  begun(subject: Subject): void;
  /** An attempt has failed, and another one may follow. */
  retried(subject: Subject, message: string): void;
  ended(report: ConnectionReport): void;
}

/** Tests connections by the core that the function runs, and reports them in their order. */
export async function testAll(
  subjects: readonly Subject[],
  options: Options,
  credentials: CredentialProvider,
  redactor: Redactor,
  signal: AbortSignal,
  listener: Listener,
): Promise<ConnectionReport[]> {
  const reports = subjects.map(notTested);
  const { timeout: timeoutSeconds, maxAttempts, catalogId, diagnosis: diagnosesNetwork } = options;
  await workInParallel(subjects, options.concurrency, signal, async (subject, index) => {
    listener.begun(subject);
    const target = { connectionName: subject.name };
    // Who tests from a terminal has not just created the connection. If so, they test again.
    const request = { target, catalogId, timeoutSeconds, maxAttempts, diagnosesNetwork, isSettled: true };
    const verdict = await testConnection(request, leastSecondsFor(timeoutSeconds) * 1_000, {
      connect: (patienceMs) => new Clients(patienceMs, credentials, subject.region),
      role: undefined,
      redactor,
      clock: SYSTEM_CLOCK,
      log: ({ event, message }) => {
        if (event === 'attempt failed') {
          listener.retried(subject, redactor.redact(message));
        }
      },
    });
    if (!signal.aborted) {
      const report = reportOf(subject, verdict, redactor.redact);
      reports[index] = report;
      listener.ended(report);
    }
  });
  return reports;
}
