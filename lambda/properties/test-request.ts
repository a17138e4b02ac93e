import type { ConnectionTestProperties, TestConnectionInput } from '../contract';

export const DEFAULT_TIMEOUT_SECONDS = 300;

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
  /**
   * Whether the connection and the permissions were there long before. Then nothing has to spread first, and a refusal
   * is final.
   *
   * @default false
   */
  readonly isSettled?: boolean;
  /**
   * Whether the result of the test is emitted as CloudWatch metrics.
   *
   * @default false
   */
  readonly emitsMetrics?: boolean;
  /** Whether the network of a connection that does not pass is looked at. */
  readonly diagnosesNetwork: boolean;
}

/** An existing connection, or one that need not exist. */
export type Target = { readonly connectionName: string } | { readonly input: TestConnectionInput };

/** @param properties valid ones */
export function requestOf(properties: ConnectionTestProperties): TestRequest {
  const { ConnectionName = '', TestConnectionInput: input } = properties;
  return {
    target: input === undefined ? { connectionName: ConnectionName } : { input },
    catalogId: properties.CatalogId,
    timeoutSeconds: Number(properties.TimeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS),
    maxAttempts: Number(properties.MaxAttempts ?? 3),
    emitsMetrics: properties.Metrics !== 'DISABLED',
    diagnosesNetwork: properties.NetworkDiagnosis !== 'DISABLED',
  };
}
