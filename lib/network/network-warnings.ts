import type { CfnResource } from 'aws-cdk-lib';
import { findingsIn } from '../../lambda/network/rules';
import { warnOnce } from '../cdk/warn-once';
import type { AppNetwork } from './app-network';
import { networkFacts } from './facts/network-facts';
import type { ImportedSubnets } from './imported-subnets';

/** Warns of all that is certainly wrong with the networks of connections. */
export function warnOfNetworks(
  connections: Iterable<CfnResource>,
  network: AppNetwork,
  imported: ImportedSubnets,
): void {
  for (const connection of connections) {
    const facts = networkFacts(network, imported, connection);
    for (const { rule, sentence, nextStep, link } of facts === undefined ? [] : findingsIn(facts)) {
      warnOnce(
        connection,
        `network:${rule}`,
        `${sentence} ${nextStep} See ${link}. If something outside this app takes care of it, acknowledge this warning.`,
      );
    }
  }
}
