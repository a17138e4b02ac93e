import type { NetworkFacts } from './facts';

/** The names are for users: they stand in the log, in warnings and in the documentation. */
export type RuleName =
  | 'SUBNET_MISSING'
  | 'SUBNET_FULL'
  | 'AVAILABILITY_ZONE_MISMATCH'
  | 'SECURITY_GROUP_MISSING'
  | 'SECURITY_GROUP_OTHER_VPC'
  | 'SELF_REFERENCE_MISSING'
  | 'EGRESS_CLOSED'
  | 'NO_ROUTE_TO_STORE'
  | 'ROUTE_BLACKHOLE'
  | 'PUBLIC_SUBNET'
  | 'NAT_NOT_AVAILABLE'
  | 'S3_UNREACHABLE'
  | 'SECRETS_MANAGER_UNREACHABLE'
  | 'KMS_UNREACHABLE'
  | 'STS_UNREACHABLE'
  | 'ENDPOINT_PRIVATE_DNS_OFF'
  | 'ENDPOINT_CLOSED'
  | 'VPC_DNS_OFF'
  | 'STORE_NAME_UNKNOWN'
  | 'STORE_CLOSED'
  | 'NETWORK_ACL_DENIES';

/** What is wrong with a network. */
export interface Finding {
  readonly rule: RuleName;
  /** What is wrong, with the name of the resource. */
  readonly sentence: string;
  /** What to do. */
  readonly nextStep: string;
  /** The resource that is to be changed. */
  readonly resource: string;
  /** AWS's page about it. */
  readonly link: string;
}

/** What a rule says of a network: what is wrong, that it is in order, or nothing, where it lacks facts or doesn't matter. */
export type Judgement = Omit<Finding, 'rule' | 'link'> | 'IN_ORDER' | undefined;

export interface Rule {
  readonly name: RuleName;
  /** AWS's page about it. */
  readonly link: string;
  /** What it looks at, in words that go behind "Checked:". */
  readonly looksAt: string;
  /** The way to the data store, or what Glue needs before it takes that way. */
  readonly about: 'STORE' | 'SETUP';
  readonly judge: (facts: NetworkFacts) => Judgement;
}

export const GLUE_GUIDE = 'https://docs.aws.amazon.com/glue/latest/dg';
export const VPC_GUIDE = 'https://docs.aws.amazon.com/vpc/latest/userguide';
export const TROUBLESHOOTING = `${GLUE_GUIDE}/troubleshooting-connection.html`;
export const TROUBLESHOOTING_ERRORS = `${GLUE_GUIDE}/glue-troubleshooting-errors.html`;
export const VPC_SETUP = `${GLUE_GUIDE}/setup-vpc-for-glue-access.html`;
export const TEST_FAILED = 'https://repost.aws/knowledge-center/glue-test-connection-failed';
export const RUNBOOK =
  'https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/automation-awssupport-troubleshootglueconnection.html';

/** The judgement of a thing that is wrong, is not, or is not known. */
export function judged(isWrong: boolean | undefined, finding: () => Omit<Finding, 'rule' | 'link'>): Judgement {
  return isWrong === undefined ? undefined : isWrong ? finding() : 'IN_ORDER';
}

/** `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
