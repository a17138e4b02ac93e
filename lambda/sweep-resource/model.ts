import { choice, structure, text } from '../properties/model';
import { problemsOf } from '../properties/problems';
import { InvalidPropertiesError } from '../properties/properties';
import type { ListOf, Shape, Structure } from '../properties/shape';
import type { ConnectionSweepProperties } from './contract';

const STATE_MACHINE_ARN = /^arn:aws[a-z0-9-]*:states:[a-z0-9-]+:\d{12}:stateMachine:[^:]+$/u;

/** The properties of `Custom::GlueConnectionSweep`. */
export const CONNECTION_SWEEP: Structure = structure(
  {
    StateMachineArn: text(1, 256, 'the ARN of a state machine', STATE_MACHINE_ARN),
    Include: listOf('names of connections', 255),
    Exclude: listOf('names of connections', 255),
    ConnectionTypes: listOf('connection types', 64),
    OnFailure: choice('FAIL', 'REPORT'),
    OnEmpty: choice('FAIL', 'PASS'),
    Definition: { kind: 'anything' },
    Triggers: { kind: 'anything' },
  } satisfies Record<keyof ConnectionSweepProperties, Shape>,
  ['StateMachineArn'],
  // CloudFormation passes its own properties on to the function.
  ['ServiceToken', 'ServiceTimeout'],
);

function listOf(what: string, maxLength: number): ListOf {
  return { kind: 'list', what, item: text(1, maxLength, `1 to ${maxLength} characters`), maxItems: 100 };
}

/** @throws InvalidPropertiesError with everything that is wrong */
export function parseSweepProperties(properties: Readonly<Record<string, unknown>>): ConnectionSweepProperties {
  const problems = problemsOf(CONNECTION_SWEEP, properties);
  if (problems.length > 0) {
    throw new InvalidPropertiesError(problems);
  }
  return properties as unknown as ConnectionSweepProperties;
}
