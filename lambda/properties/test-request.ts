import type { TestConnectionInput } from '../contract';

/** A test that is ready to run. */
export interface TestRequest {
  readonly target: Target;
  readonly catalogId: string | undefined;
  readonly timeoutSeconds: number;
  readonly maxAttempts: number;
  /**
   * Whether the connection, and what it goes through, may have been made just now.
   *
   * @default false
   */
  readonly isNew?: boolean;
  /** Whether what came of the test of a connection is emitted as CloudWatch metrics. */
  readonly emitsMetrics: boolean;
  /** Whether the network of a connection that does not pass is looked at. */
  readonly diagnosesNetwork: boolean;
}

/** An existing connection, or one that need not exist. */
export type Target = { readonly connectionName: string } | { readonly input: TestConnectionInput };
