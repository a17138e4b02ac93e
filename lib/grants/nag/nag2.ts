import { CfnResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** A finding that cdk-nag 2 should not report. */
interface Suppression {
  readonly id: string;
  /** Which of the rule's findings. @default - all */
  readonly finding?: string;
  readonly reason: string;
}

/** As cdk-nag 2 writes it into a resource's metadata. */
interface Metadata {
  rules_to_suppress?: { readonly id: string; readonly reason: string; readonly applies_to?: readonly unknown[] }[];
}

const KEY = 'cdk_nag';

/**
 * Acknowledges a finding for cdk-nag 2, which doesn't read the CDK's own acknowledgements but the resource's metadata.
 *
 * The entry is not enumerable. cdk-nag 2 finds it by its name, and the template, which has only enumerable entries,
 * stays the same.
 *
 * @see https://github.com/cdklabs/cdk-nag/tree/v2#suppressing-a-rule
 */
export function suppressInNag2(construct: Construct, { id, finding, reason }: Suppression): void {
  const resource = construct.node.defaultChild ?? construct;
  if (!CfnResource.isCfnResource(resource)) {
    return;
  }
  const metadata = (resource.cfnOptions.metadata ??= {});
  if (metadata[KEY] === undefined) {
    Object.defineProperty(metadata, KEY, { value: {}, writable: true, configurable: true });
  }
  // Users may have added suppressions of their own, which cdk-nag 2 puts into an object of its own.
  const own = metadata[KEY] as Metadata;
  own.rules_to_suppress = [...(own.rules_to_suppress ?? []), { id, reason, ...(finding && { applies_to: [finding] }) }];
}
