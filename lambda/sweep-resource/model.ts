import { choice, structure, text } from '../properties/model';
import { problemsOf } from '../properties/problems';
import { InvalidPropertiesError } from '../properties/properties';
import type { ListOf, Shape, Structure } from '../properties/shape';
import type { SweepInput } from '../sweep/contract';
import { asciiBytes, INPUT_BYTES } from '../sweep/limits';
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
  const item = text(1, maxLength, `1 to ${maxLength} characters, not only blanks`, /\S/u);
  return { kind: 'list', what, item, maxItems: 100 };
}

/**
 * What an execution gets of the properties of a Create or Update.
 *
 * @throws InvalidPropertiesError with everything that is wrong
 */
export function readSweepInput(properties: Readonly<Record<string, unknown>>): SweepInput {
  const problems = problemsOf(CONNECTION_SWEEP, properties);
  if (problems.length > 0) {
    throw new InvalidPropertiesError(problems);
  }
  const { Include, Exclude, ConnectionTypes } = properties as unknown as ConnectionSweepProperties;
  const input = { include: Include, exclude: Exclude, connectionTypes: ConnectionTypes };
  const bytes = asciiBytes(JSON.stringify(input));
  if (bytes > INPUT_BYTES) {
    throw new InvalidPropertiesError([
      `'Include', 'Exclude' and 'ConnectionTypes' must have at most ${INPUT_BYTES} bytes together, got: ${bytes}; use ` +
        'fewer or shorter patterns',
    ]);
  }
  return input;
}
