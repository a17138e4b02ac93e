import type { Connection } from '@aws-sdk/client-glue';
import { diagnosisTime, type Budget } from '../properties/budget';
import type { Clock } from '../base/clock';
import { withDeadline } from '../base/deadline';
import type { Redact } from '../base/redaction/redactor';
import type { Failure } from '../failures/failure';
import type { NetworkDiagnosis } from '../network/diagnosis';
import type { TestRequest } from '../properties/test-request';
import type { Clients } from './clients';
import { detailsOf, readConnection } from './connection-details';
import type { Verdict } from './verdict';

type Findings = Pick<Verdict, 'details' | 'network'>;

const NOTHING: Findings = { details: [], network: undefined };

/**
 * What can be read of a connection that has failed, and of its network. It never changes the verdict, and never throws.
 *
 * @param remaining milliseconds that are left for all that comes after the test
 */
export async function lookAround(
  { target, catalogId, diagnosesNetwork }: TestRequest,
  failure: Failure,
  budget: Budget,
  remaining: () => number,
  clients: Pick<Clients, 'glue' | 'options'>,
  clock: Clock,
  redact: Redact,
): Promise<Findings> {
  // Where Glue can't be reached, it can't be asked either.
  if (!('connectionName' in target) || failure.category === 'NETWORK') {
    return NOTHING;
  }
  const { connectionName } = target;
  const asked = withDeadline(budget.details, clock, ({ signal }) =>
    readConnection(connectionName, catalogId, clients.glue, signal),
  );
  const connection = await asked.catch(() => undefined);
  if (connection === undefined) {
    return NOTHING;
  }
  const isInVpc = connection.PhysicalConnectionRequirements?.SubnetId !== undefined;
  const network =
    diagnosesNetwork && isInVpc && failure.network !== undefined
      ? await diagnose(connection, failure, diagnosisTime(remaining()), clients, clock)
      : undefined;
  return { details: detailsOf(connection, failure, redact), network: network && masked(network, redact) };
}

/** Masks the findings: users name their network, and the host comes from a URL that may hold a password. */
function masked(network: NetworkDiagnosis, redact: Redact): NetworkDiagnosis {
  const findings = network.findings.map((finding) => ({
    ...finding,
    sentence: redact(finding.sentence),
    nextStep: redact(finding.nextStep),
  }));
  return { ...network, findings };
}

async function diagnose(
  connection: Connection,
  { category }: Failure,
  milliseconds: number,
  { options }: Pick<Clients, 'options'>,
  clock: Clock,
): Promise<NetworkDiagnosis | undefined> {
  try {
    // Only now, so that a test that passes pays nothing for it.
    const { diagnoseNetwork } = await import('../network/diagnosis');
    // Who has tried to reach the store has found all that comes before in order.
    const first = category === 'UNREACHABLE' ? 'STORE' : 'SETUP';
    return await withDeadline(milliseconds, clock, () =>
      diagnoseNetwork(connection, milliseconds, options, clock, first),
    );
  } catch {
    return undefined;
  }
}
