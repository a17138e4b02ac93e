import { EC2Client, type EC2ClientConfig } from '@aws-sdk/client-ec2';
import type { Connection } from '@aws-sdk/client-glue';
import type { Clock } from '../base/clock';
import { closeQuietly } from '../base/close';
import { readFacts } from './read-facts';
import { checkedIn, findingsIn, type Finding, type Rule } from './rules';

/** What was found in the network of a connection that did not pass. */
export interface NetworkDiagnosis {
  readonly findings: readonly Finding[];
  /** What was looked at and is in order. */
  readonly inOrder: readonly Pick<Rule, 'name' | 'looksAt'>[];
}

/**
 * Reads the network of a connection, and judges it. It is a file of its own in the function's code, which is loaded only
 * after a failure: a test that passes pays nothing for EC2's client.
 *
 * @param milliseconds how long it may take
 * @param options of EC2's client
 * @param first what is most likely to be wrong
 */
export async function diagnoseNetwork(
  connection: Connection,
  milliseconds: number,
  options: EC2ClientConfig & { readonly region?: string },
  clock: Clock,
  first: Rule['about'],
): Promise<NetworkDiagnosis> {
  const client = new EC2Client(options);
  try {
    const facts = await readFacts(connection, client, milliseconds, clock, options.region ?? process.env.AWS_REGION);
    return { findings: findingsIn(facts, first), inOrder: checkedIn(facts) };
  } finally {
    closeQuietly(client);
  }
}
