import type { Construct } from 'constructs';

export function acknowledgeFramework(framework: Construct): void {
  void framework;
}
