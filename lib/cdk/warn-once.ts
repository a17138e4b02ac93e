import { Annotations } from 'aws-cdk-lib';
import { Construct } from 'constructs';

const WARNINGS = new WeakMap<Construct, Set<string>>();

/** Warns of what may be met several times: a warning that was acknowledged in between must not come back. */
export function warnOnce(scope: Construct, id: string, message: string): void {
  const warnings = WARNINGS.get(scope) ?? new Set();
  WARNINGS.set(scope, warnings);
  const fullId = `cdk-glue-connection-test:${id}`;
  if (!warnings.has(`${id}: ${message}`) && !isAcknowledged(scope, fullId)) {
    warnings.add(`${id}: ${message}`);
    Annotations.of(scope).addWarningV2(fullId, message);
  }
}

/**
 * Whether a warning was acknowledged before it is given. For the construct itself, aws-cdk-lib forgets that: so a child is
 * asked, which takes it over in every version.
 *
 * @see https://github.com/aws/aws-cdk/issues/38820
 */
function isAcknowledged(scope: Construct, id: string): boolean {
  const child = new Construct(scope, 'Acknowledged');
  Annotations.of(child).addWarningV2(id, 'asked');
  scope.node.tryRemoveChild(child.node.id);
  return child.node.metadata.length === 0;
}
