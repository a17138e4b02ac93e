import { cut } from '../base/json-text';
import type { NetworkDiagnosis } from '../network/diagnosis';
import type { Failure } from './failure';

/** What was seen, and what to do about it. */
export interface Advice {
  /** What was found in the network, or that nothing was. */
  readonly lines: readonly string[];
  readonly nextStep: string;
  readonly link: string;
}

/** So many findings are told; the log has all. */
const MAX_FINDINGS = 3;

/** Of each line, in its JSON form: three findings and their next steps leave room for what Glue said. */
const MAX_LINE_BYTES = 240;

const RUNBOOK = 'AWSSupport-TroubleshootGlueConnection';

/**
 * What is found in the network is more special than what is known of such failures in general, and takes its place. Where
 * nothing is found, nobody has to look there again.
 */
export function advise(failure: Failure, network: NetworkDiagnosis | undefined): Advice {
  const { nextStep, link } = failure;
  const { findings = [], inOrder = [] } = network ?? {};
  const [first] = findings;
  if (first !== undefined) {
    const told = findings.slice(0, MAX_FINDINGS);
    const steps = [...new Set(told.map((finding) => cut(finding.nextStep, MAX_LINE_BYTES)))].join(' ');
    // Other limits than that of the subnet are nothing that a network is the cause of.
    const isBeside = failure.category === 'RESOURCE_LIMIT' && first.rule !== 'SUBNET_FULL';
    return {
      lines: told.map(({ sentence }) => `Found: ${cut(sentence, MAX_LINE_BYTES)}`),
      nextStep: isBeside ? `${nextStep} ${steps}` : steps,
      link: isBeside ? link : first.link,
    };
  }
  if (inOrder.length === 0) {
    return { lines: [], nextStep, link };
  }
  const checked = inOrder.map(({ looksAt }) => looksAt).join(', ');
  const isNamed = nextStep.includes(RUNBOOK);
  return {
    lines: [`Checked, no problem found: ${checked}.`],
    nextStep: isNamed ? nextStep : `${nextStep} The runbook ${RUNBOOK} looks further.`,
    link,
  };
}
