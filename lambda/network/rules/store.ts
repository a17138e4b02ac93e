import { allOf } from './certainty';
import type { NetworkFacts } from './facts';
import { admitsConnection, refusalOf } from './permissions';
import { single } from './ports';
import { judged, TEST_FAILED, TROUBLESHOOTING, type Rule } from './rule';

/** The data store itself. */
export const STORE_RULES: readonly Rule[] = [
  {
    name: 'STORE_NAME_UNKNOWN',
    link: TROUBLESHOOTING,
    looksAt: "the data store's name",
    about: 'STORE',
    judge: ({ store }) => {
      const { host = '', isNameUnknown, addresses } = store ?? {};
      const isKnown = isNameUnknown === true || (addresses !== undefined && addresses.length > 0);
      return judged(isKnown ? isNameUnknown === true : undefined, () => ({
        resource: host,
        sentence: `DNS knows no host ${host}.`,
        nextStep: "Correct the host in the connection's properties.",
      }));
    },
  },
  {
    name: 'STORE_CLOSED',
    link: TEST_FAILED,
    looksAt: "the data store's inbound rules",
    about: 'STORE',
    judge: (facts) => {
      const { store } = facts;
      const { items = [], isComplete = false } = store?.networkInterfaces ?? {};
      const port = store?.port;
      if (port === undefined || !isComplete || items.length === 0) {
        return undefined;
      }
      const isClosed = allOf(
        items.map(({ securityGroups }) => not(admitsConnection(securityGroups, single(port), facts))),
      );
      return judged(isClosed, () => found(facts, port));
    },
  },
];

function found(facts: NetworkFacts, port: number) {
  const [closed] = facts.store?.networkInterfaces?.items ?? [];
  const { says, nextStep, group = '' } = refusalOf(closed?.securityGroups, port, facts);
  return { resource: group, sentence: `The data store (${closed?.id ?? ''}) is closed: ${says}`, nextStep };
}

function not(answer: boolean | undefined): boolean | undefined {
  return answer === undefined ? undefined : !answer;
}
