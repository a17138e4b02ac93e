import { ResourceFailure } from '../errors';
import type { ResourceResult } from '../resource-handler';
import { isRecord } from '../template/intrinsic';
import type { RequestKey } from './response-server';

const MAX_RESPONSE_BYTES = 4096;
const MAX_PHYSICAL_ID_BYTES = 1024;

/**
 * What a provider's answer comes to; fails when it reports a failure, or breaks the protocol.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
export function readResponse(body: Buffer, request: RequestKey): ResourceResult {
  if (body.length > MAX_RESPONSE_BYTES) {
    throw new ResourceFailure('Response object is too long.');
  }
  const response = parse(body);
  const { Status, Reason, PhysicalResourceId: physicalId, Data, NoEcho } = response;

  if (Status !== 'SUCCESS' && Status !== 'FAILED') {
    throw invalid(`'${String(Status)}' is not a valid ResponseStatus`);
  }
  assertVerbatim(response, 'StackId', request.stackId);
  assertVerbatim(response, 'RequestId', request.requestId);
  assertVerbatim(response, 'LogicalResourceId', request.logicalId);
  if (typeof physicalId !== 'string' || !physicalId || Buffer.byteLength(physicalId) > MAX_PHYSICAL_ID_BYTES) {
    throw new ResourceFailure('Invalid PhysicalResourceId');
  }
  if (Status === 'FAILED') {
    if (typeof Reason !== 'string' || !Reason) {
      throw invalid('Reason is required when Status is FAILED', physicalId);
    }
    throw new ResourceFailure(
      `Received response status [FAILED] from custom resource. Message returned: ${Reason} (RequestId: ${request.requestId})`,
      physicalId,
    );
  }
  if (Data !== undefined && Data !== null && !isRecord(Data)) {
    throw new ResourceFailure('Data returned must be an object', physicalId);
  }
  return { physicalId, attributes: Data ?? {}, noEcho: String(NoEcho) === 'true' };
}

function parse(body: Buffer): Readonly<Record<string, unknown>> {
  let response: unknown;
  try {
    response = JSON.parse(body.toString());
  } catch {
    throw invalid('not valid JSON');
  }
  if (!isRecord(response)) {
    throw invalid('not a JSON object');
  }
  return response;
}

function assertVerbatim(response: Readonly<Record<string, unknown>>, field: string, expected: string): void {
  if (response[field] !== expected) {
    throw invalid(`${field} must be copied from the request`);
  }
}

function invalid(problem: string, physicalId?: string): ResourceFailure {
  return new ResourceFailure(`Invalid Response object: ${problem}`, physicalId);
}
