import { Lazy, Validations } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { resolveForReading } from '../../cdk/references';
import { resolvedStatement } from '../resolved-statement';
import { suppressInNag2 } from './nag2';
import { wildcardReason } from './wildcards';

/**
 * The wildcards of one policy, which the pack AwsSolutions of cdk-nag reports. Each is acknowledged with its reason, on the
 * policy itself: in the assembly's metadata, not in the template. What other packs find is for the user to acknowledge.
 *
 * @see https://github.com/cdklabs/cdk-nag
 */
export class WildcardAcknowledgements {
  private readonly reasons = new Map<string, Set<string>>();

  constructor(private readonly policy: Construct) {}

  /** Acknowledges those of a statement that is added to the policy. */
  add(statement: iam.PolicyStatement): void {
    const { value } = resolvedStatement(this.policy, statement);
    if (!JSON.stringify((value as { readonly Resource: unknown }).Resource).includes('*')) {
      return;
    }
    for (const token of statement.resources) {
      const resource = asFound(resolveForReading(this.policy, token));
      const reason = wildcardReason(statement.actions, resource);
      if (reason === undefined) {
        continue;
      }
      suppressInNag2(this.policy, { id: 'AwsSolutions-IAM5', finding: `Resource::${resource}`, reason });
      if (canBeAnId(resource)) {
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

/** The CDK refuses an id with brackets that don't match, and changes one with spaces. */
function canBeAnId(resource: string): boolean {
  const withoutFunctions = resource.replace(/\{"Fn::Select":\[\d,\{"Fn::Split":\[":",\{"Ref":"\w+"\}\]\}\]\}/g, '');
  return !/[()[\]{}\s]/.test(withoutFunctions);
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
  if (name === 'Fn::Sub' && typeof argument === 'string') {
    return asFound(argument);
  }
  if (name === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown];
    return Array.isArray(parts) ? parts.map(asFound).join(separator) : JSON.stringify(resolved);
  }
  return JSON.stringify(resolved);
}
