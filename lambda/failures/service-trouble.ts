import type { Diagnosis } from './diagnosis';

type Explanation = Pick<Diagnosis, 'cause' | 'nextStep'>;

/** What it means, by category, that a service can't be asked: nothing that it says of what it was asked for. */
export function troubleWith(service: string): Partial<Record<Diagnosis['category'], Explanation>> {
  return {
    THROTTLED: {
      cause: `${service} takes no more calls for now.`,
      nextStep: 'Run fewer tests at once, or give them a longer timeout.',
    },
    NETWORK: {
      cause: `The function cannot reach ${service}.`,
      nextStep: `If the function is in a VPC, give it a NAT gateway or an interface endpoint for ${service}.`,
    },
    SERVICE_FAULT: {
      cause: `${service} itself failed.`,
      nextStep: 'Deploy again; if it stays, look at the AWS Health Dashboard.',
    },
  };
}
