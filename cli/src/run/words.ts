import type { Failure } from '../../../lambda/failures/failure';

type Words = Partial<Pick<Failure, 'cause' | 'nextStep'>>;

/** What the core says for a function that deploys, in the words of a terminal. */
const WORDS: Partial<Record<Failure['category'], Words>> = {
  NETWORK: {
    cause: "Glue's API can't be reached from here.",
    nextStep: 'Check the network and the proxy of this machine.',
  },
  SERVICE_FAULT: { nextStep: 'Test again; if it stays, look at the AWS Health Dashboard.' },
  CONFLICT: { nextStep: 'Test again when it is done.' },
  NOT_FOUND: { nextStep: 'Correct the name, the Region, the profile or --catalog-id.' },
  THROTTLED: { nextStep: 'Use a lower --concurrency or a longer --timeout.' },
};

/** Words a failure for whoever is at a terminal. */
export function inWordsOfTerminal(failure: Failure): Failure {
  const nextStep = failure.nextStep.replace("'timeout'", '--timeout');
  return { ...failure, nextStep, ...WORDS[failure.category] };
}
