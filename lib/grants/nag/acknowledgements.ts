import { Lazy, Stack, Validations } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { suppressInNag2 } from './nag2';
import { wildcardReason } from './wildcards';

/**
 * What rule packs find in these constructs and an auditor can accept. It is acknowledged on the very construct that is
 * found; that stands in the assembly's metadata, not in the template, and does nothing where no pack is used.
 *
 * @see https://github.com/cdklabs/cdk-nag
 */
interface Acknowledged {
  /** The name of the rule, behind that of each pack. */
  readonly rule: string;
  readonly packs: readonly string[];
  readonly reason: string;
}

const [HIPAA, NIST_R4, NIST_R5, PCI] = ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321'] as const;

const NO_DEAD_LETTERS: Acknowledged = {
  rule: 'LambdaDLQ',
  packs: [HIPAA, NIST_R5, 'Serverless'],
  reason:
    'An event holds a presigned response URL, which is a credential, and a queue would keep it. CloudFormation itself ' +
    'notices a lost event: it fails the deployment after ServiceTimeout.',
};

const NO_TRACING: Acknowledged = {
  rule: 'LambdaTracing',
  packs: ['Serverless'],
  reason:
    'The function runs during deployments only, and logs each attempt with its duration. Tracing would take ' +
    'xray:PutTraceSegments, which can only be allowed on all resources.',
};

const NO_RESERVED_CONCURRENCY: Acknowledged = {
  rule: 'LambdaConcurrency',
  packs: [HIPAA, NIST_R5],
  reason:
    'The function is invoked once for each test of a deployment. A reservation would take concurrency from all other ' +
    'functions of the account, also between deployments; maxConcurrency limits the tests by the order of their resources.',
};

const NO_VPC: Acknowledged = {
  rule: 'LambdaInsideVPC',
  packs: [HIPAA, NIST_R4, NIST_R5, PCI],
  reason:
    "The function connects to AWS's APIs and to CloudFormation's response URL only, over TLS; it is Glue that connects " +
    'to the data store. The vpc property puts it into a VPC, which then needs a way to all of these.',
};

const NO_LOG_KEY: Acknowledged = {
  rule: 'CloudWatchLogGroupEncrypted',
  packs: [HIPAA, NIST_R4, NIST_R5, PCI],
  reason:
    'CloudWatch Logs encrypts the log with a key of its own, and the function masks credentials before it logs. The ' +
    'logGroup property takes a log group with a key of yours.',
};

const INLINE_POLICY: Acknowledged = {
  rule: 'IAMNoInlinePolicy',
  packs: [HIPAA, NIST_R4, NIST_R5, PCI],
  reason:
    'It names the resources of one test, for one role, and goes with that test. What tests have in common stands in ' +
    'managed policies, of which a role takes ten: not one for each test.',
};

/** Of a provider's function. */
export function acknowledgeFunction(handler: Construct, { inVpc }: { readonly inVpc: boolean }): void {
  acknowledge(handler, [NO_DEAD_LETTERS, NO_TRACING, NO_RESERVED_CONCURRENCY, ...(inVpc ? [] : [NO_VPC])]);
}

/** Of the log group that a provider creates. */
export function acknowledgeLogGroup(logGroup: Construct): void {
  acknowledge(logGroup, [NO_LOG_KEY]);
}

/** Of a test's own policy. */
export function acknowledgeInlinePolicy(policy: Construct): void {
  acknowledge(policy, [INLINE_POLICY]);
}

/** The wildcards of one policy. */
export class WildcardAcknowledgements {
  private readonly reasons = new Map<string, Set<string>>();

  constructor(private readonly policy: Construct) {}

  /** Acknowledges those of a statement that is added to the policy. */
  add(statement: iam.PolicyStatement): void {
    for (const token of statement.resources) {
      const resource = asFound(Stack.of(this.policy).resolve(token));
      const reason = wildcardReason(statement.actions, resource);
      if (reason === undefined) {
        continue;
      }
      suppressInNag2(this.policy, { id: 'AwsSolutions-IAM5', finding: `Resource::${resource}`, reason });
      // The CDK refuses an id with brackets that don't match, and changes one with spaces.
      if (!/[()[\]{}\s]/.test(resource)) {
        this.acknowledge(`AwsSolutions-IAM5[Resource::${resource}]`, reason);
      }
    }
  }

  /** Statements that allow different things on one resource are one finding, with the reasons of all. */
  private acknowledge(id: string, reason: string): void {
    const known = this.reasons.get(id);
    if (known !== undefined) {
      known.add(reason);
      return;
    }
    const reasons = new Set([reason]);
    this.reasons.set(id, reasons);
    Validations.of(this.policy).acknowledge({
      id,
      reason: Lazy.uncachedString({ produce: () => [...reasons].join(' ') }),
    });
  }
}

function acknowledge(construct: Construct, findings: readonly Acknowledged[]): void {
  for (const { rule, packs, reason } of findings) {
    Validations.of(construct).acknowledge(...packs.map((pack) => ({ id: `${pack}-${rule}`, reason })));
  }
}

/** A resource as cdk-nag writes it in the id of a finding: references and policy variables in angle brackets. */
function asFound(resolved: unknown): string {
  if (typeof resolved !== 'object' || resolved === null) {
    return String(resolved).replace(/\$\{/g, '<').replace(/\}/g, '>');
  }
  const [[name, argument] = ['', undefined]] = Object.entries(resolved);
  if (name === 'Ref' || name === 'Fn::GetAtt') {
    return `<${[argument].flat().join('.')}>`;
  }
  if (name === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown];
    return Array.isArray(parts) ? parts.map(asFound).join(separator) : JSON.stringify(resolved);
  }
  return JSON.stringify(resolved);
}
