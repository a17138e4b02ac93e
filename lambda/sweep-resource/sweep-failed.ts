import { cut, jsonBytes } from '../base/json-text';
import type { ResourceEvent } from '../cloudformation/event';

/** Why the deployment fails: the framework passes the message on to CloudFormation. */
export class SweepFailedError extends Error {
  override readonly name = 'SweepFailed';
  // The framework adds each further line of the stack to what CloudFormation shows.
  override readonly stack = '';
}

/** Where to read on: under `Execution`, the ARN of the execution; under `Report`, the address of its results. */
type Places = Readonly<Partial<Record<'Execution' | 'Report', string>>>;

/** Makes the error for a text, which may depend on the bytes of JSON that it may have. */
export type Fail = (text: string | ((maxBytes: number) => string), places?: Places) => SweepFailedError;

/** For an ARN, or the address of a report with a usual prefix. */
const MAX_ADDRESS_BYTES = 400;

/** Where the function runs. */
export interface Place {
  readonly functionName: string;
  readonly logGroupName: string;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
const MAX_RESPONSE_BYTES = 4_096;

/** For a rollback that is unknown, the ID that stands for a failed Create, and members without a value. */
const RESERVE_BYTES = 350;

/**
 * Makes errors whose messages fit into the response to CloudFormation, however long its IDs are. A text is cut; where to
 * read on is not.
 */
export function failsWithin(event: ResourceEvent, { functionName, logGroupName }: Place): Fail {
  const { stackId, requestId, logicalResourceId, physicalResourceId } = event;
  const usual = `/aws/lambda/${functionName}`;
  const ids = JSON.stringify([stackId, requestId, logicalResourceId, physicalResourceId]);
  const room = MAX_RESPONSE_BYTES - Buffer.byteLength(ids) - jsonBytes(`\n\nLogs: ${usual}\n`) - RESERVE_BYTES;
  // The framework adds the usual log group, whether the function uses it or not.
  const log =
    logGroupName === usual
      ? ''
      : `\nLog: ${logGroupName}. The CDK's line below names a log group that this function does not use.`;
  return (text, places = {}) => {
    const lines = Object.entries(places).map(([name, address]) => `\n${name}: ${cut(address, MAX_ADDRESS_BYTES)}`);
    const where = `${lines.join('')}${log}`;
    const maxBytes = Math.max(0, room - jsonBytes(where));
    const said = typeof text === 'string' ? text : text(maxBytes);
    return new SweepFailedError(`${cut(said, maxBytes)}${where}`);
  };
}
