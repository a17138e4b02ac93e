import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

const WARNINGS = new WeakMap<Construct, Set<string>>();

/** Warns of what may be met several times: a warning that was acknowledged in between must not come back. */
export function warnOnce(scope: Construct, id: string, message: string): void {
  const warnings = WARNINGS.get(scope) ?? new Set();
  WARNINGS.set(scope, warnings);
  if (!warnings.has(`${id}: ${message}`)) {
    warnings.add(`${id}: ${message}`);
    Annotations.of(scope).addWarningV2(`cdk-glue-connection-test:${id}`, message);
  }
}
