import { leastSecondsFor, longestTimeoutIn } from '../base/budget';
import { combinationProblems } from './combinations';
import type { ConnectionTestProperties } from '../contract';
import { CONNECTION_TEST } from './model';
import { problemsOf } from './problems';
import type { TestRequest } from './test-request';

/** The custom resource's properties, checked. */
export interface ResourceRequest extends TestRequest {
  readonly onFailure: 'FAIL' | 'REPORT';
  readonly onUnsupported: 'FAIL' | 'WARN';
}

/** What names the connection: one of them, and not both. */
export const TARGETS = ['ConnectionName', 'TestConnectionInput'] as const;

const DEFAULT_TIMEOUT_SECONDS = 300;

/** Says everything that is wrong with the properties at once, so that one deployment is enough to mend them. */
export class InvalidPropertiesError extends Error {
  override readonly name = 'InvalidPropertiesError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('; '));
  }
}

/**
 * Reads the properties of a Create or Update; they may come from a hand-written template.
 *
 * @param serviceTimeoutSeconds how long CloudFormation waits for the answer, if the template says so
 * @throws InvalidPropertiesError with all that is wrong
 */
export function parseProperties(
  properties: Readonly<Record<string, unknown>>,
  serviceTimeoutSeconds?: number,
): ResourceRequest {
  const problems = [...findProblems(properties), ...timeProblems(properties, serviceTimeoutSeconds)];
  if (problems.length > 0) {
    throw new InvalidPropertiesError(problems);
  }
  const { ConnectionName = '', TestConnectionInput: input, ...checked } = properties as ConnectionTestProperties;
  return {
    target: input === undefined ? { connectionName: ConnectionName } : { input },
    catalogId: checked.CatalogId,
    timeoutSeconds: Number(checked.TimeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS),
    maxAttempts: Number(checked.MaxAttempts ?? 3),
    diagnosesNetwork: checked.NetworkDiagnosis !== 'DISABLED',
    onFailure: checked.OnFailure ?? 'FAIL',
    onUnsupported: checked.OnUnsupported ?? 'FAIL',
  };
}

/**
 * Names each property that is unknown, missing or of the wrong form. No value is shown, since any could be a secret that
 * was put into the wrong place.
 */
function findProblems(properties: Readonly<Record<string, unknown>>): string[] {
  const problems = [
    ...problemsOf(CONNECTION_TEST, properties),
    ...combinationProblems(properties.TestConnectionInput, 'TestConnectionInput'),
  ];
  const targets = TARGETS.filter((name) => properties[name] !== undefined);
  if (targets.length === 0) {
    problems.unshift(
      "'ConnectionName' is required, the name of the Glue connection to test; or 'TestConnectionInput', a connection " +
        'that need not exist',
    );
  }
  if (targets.length > 1) {
    problems.unshift("'ConnectionName' and 'TestConnectionInput' exclude each other: leave one of them out");
  }
  return problems;
}

/** CloudFormation must not give up before the test does: nobody would see what came of it. */
function timeProblems(
  { TimeoutSeconds = DEFAULT_TIMEOUT_SECONDS }: Readonly<Record<string, unknown>>,
  serviceTimeoutSeconds = Infinity,
): string[] {
  const timeout = Number(TimeoutSeconds);
  const least = leastSecondsFor(timeout);
  // One that is no number is a problem by itself.
  if (!(serviceTimeoutSeconds < least)) {
    return [];
  }
  const longest = longestTimeoutIn(serviceTimeoutSeconds);
  const orElse = longest < 1 ? '' : `, or TimeoutSeconds to ${longest} or less`;
  return [
    `'ServiceTimeout' must be at least ${least} where TimeoutSeconds is ${timeout}, got: ${serviceTimeoutSeconds}; ` +
      `set ServiceTimeout to ${least} or more${orElse}`,
  ];
}
