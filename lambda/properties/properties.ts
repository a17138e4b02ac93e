import { leastSecondsFor, longestTimeoutIn } from './budget';
import { combinationProblems } from './combinations';
import type { ConnectionTestProperties } from '../contract';
import { CONNECTION_TEST } from './model';
import { problemsOf } from './problems';
import { DEFAULT_TIMEOUT_SECONDS, requestOf, type TestRequest } from './test-request';

/** The resource properties after validation. */
export interface ResourceRequest extends TestRequest {
  readonly onFailure: 'FAIL' | 'REPORT';
  readonly onUnsupported: 'FAIL' | 'WARN';
}

/** The properties that name the connection. A resource has exactly one of them. */
export const TARGETS = ['ConnectionName', 'TestConnectionInput'] as const;

/** Lists everything that is wrong with the properties, so that one deployment is enough to fix them. */
export class InvalidPropertiesError extends Error {
  override readonly name = 'InvalidPropertiesError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('; '));
  }
}

/**
 * Reads the properties of a Create or Update. They may come from a hand-written template.
 *
 * @param serviceTimeoutSeconds how long CloudFormation waits for the answer, if the template says so
 * @throws InvalidPropertiesError with everything that is wrong
 */
export function parseProperties(
  properties: Readonly<Record<string, unknown>>,
  serviceTimeoutSeconds?: number,
): ResourceRequest {
  const problems = [...findProblems(properties), ...timeProblems(properties, serviceTimeoutSeconds)];
  if (problems.length > 0) {
    throw new InvalidPropertiesError(problems);
  }
  const checked: ConnectionTestProperties = properties;
  return {
    ...requestOf(checked),
    onFailure: checked.OnFailure ?? 'FAIL',
    onUnsupported: checked.OnUnsupported ?? 'FAIL',
  };
}

/**
 * Reports each property that is unknown, missing or malformed. Shows no value, because any value could be a secret in
 * the wrong place.
 */
function findProblems(properties: Readonly<Record<string, unknown>>): string[] {
  if (properties.StateMachineArn !== undefined) {
    return [
      "'StateMachineArn' belongs to Custom::GlueConnectionSweep, whose ServiceToken must be the output ServiceToken of the " +
        "sweep's stack: this function is for Custom::GlueConnectionTest",
    ];
  }
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

/** CloudFormation must not stop waiting before the test ends, because nobody would see the result. */
function timeProblems(
  { TimeoutSeconds = DEFAULT_TIMEOUT_SECONDS }: Readonly<Record<string, unknown>>,
  serviceTimeoutSeconds = Infinity,
): string[] {
  const timeout = Number(TimeoutSeconds);
  const least = leastSecondsFor(timeout);
  // A timeout that is not a number is reported as a problem of its own.
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
