import type { TestConnectionInput } from '../contract';

/** A test that can be run. */
export interface TestRequest {
  readonly target: Target;
  readonly catalogId: string | undefined;
  readonly timeoutSeconds: number;
  readonly maxAttempts: number;
}

/** A connection that exists, or one that need not. */
export type Target = { readonly connectionName: string } | { readonly input: TestConnectionInput };
