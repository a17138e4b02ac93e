import type { TestConnectionInput } from '../contract';

/** A test that is ready to run. */
export interface TestRequest {
  readonly target: Target;
  readonly catalogId: string | undefined;
  readonly timeoutSeconds: number;
  readonly maxAttempts: number;
}

/** An existing connection, or one that need not exist. */
export type Target = { readonly connectionName: string } | { readonly input: TestConnectionInput };
