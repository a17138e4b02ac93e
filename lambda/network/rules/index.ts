import { ENDPOINT_RULES } from './endpoints';
import type { NetworkFacts } from './facts';
import { NETWORK_ACL_RULES } from './network-acl';
import { ROUTE_RULES } from './routes';
import type { Finding, Rule } from './rule';
import { SECURITY_GROUP_RULES } from './security-groups';
import { STORE_RULES } from './store';
import { SUBNET_RULES } from './subnet';

/**
 * What can be told of a connection's network, the most telling first: what is missing altogether, then what Glue needs
 * before it connects to anything, then the way to the data store.
 *
 * The constructs use them at synthesis, the handler after a failure. They know neither the CDK nor the SDK.
 */
export const RULES: readonly Rule[] = [
  ...SUBNET_RULES,
  ...SECURITY_GROUP_RULES,
  ...STORE_RULES,
  ...ROUTE_RULES,
  ...NETWORK_ACL_RULES,
  ...ENDPOINT_RULES,
];

/**
 * All that is wrong with a network, the most telling first.
 *
 * @param first what is to come first: where Glue has tried to reach the data store, all that it needs before is there
 */
export function findingsIn(facts: NetworkFacts, first?: Rule['about']): Finding[] {
  const findings = RULES.flatMap(({ name: rule, link, about, judge }) => {
    const judgement = judge(facts);
    return typeof judgement === 'object' ? [{ about, finding: { rule, ...judgement, link } }] : [];
  });
  return [...findings.filter(({ about }) => about === first), ...findings.filter(({ about }) => about !== first)].map(
    ({ finding }) => finding,
  );
}

/** The rules that had the facts to say that all is in order. */
export function checkedIn(facts: NetworkFacts): readonly Rule[] {
  return RULES.filter(({ judge }) => judge(facts) === 'IN_ORDER');
}

export type { Finding, Rule, RuleName } from './rule';
