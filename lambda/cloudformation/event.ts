/** A custom resource request that can be answered. */
export interface AnswerableEvent extends ResourceEvent {
  readonly responseUrl: URL;
}

/** A custom resource request. Every member is present, whatever the event lacks. */
export interface ResourceEvent {
  readonly requestType: string;
  /** How long CloudFormation waits for the answer, if the template says so with `ServiceTimeout`. */
  readonly serviceTimeoutSeconds: number | undefined;
  readonly stackId: string;
  readonly requestId: string;
  readonly logicalResourceId: string;
  readonly physicalResourceId: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly oldProperties: Readonly<Record<string, unknown>>;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
const MAX_PHYSICAL_ID_BYTES = 1024;

/**
 * Reads the event that Lambda was invoked with.
 *
 * @param endpointUrl the value of `AWS_ENDPOINT_URL`, which is set if the function runs against an emulator
 * @throws an error if there is no safe URL to answer to. It never shows the response URL, which is a credential.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
 */
export function readEvent(event: unknown, endpointUrl?: string): AnswerableEvent {
  return { ...readRequest(event), responseUrl: readResponseUrl(objectOf(event).ResponseURL, endpointUrl) };
}

/** Reads an event that someone else answers. */
export function readRequest(event: unknown): ResourceEvent {
  const members = objectOf(event);
  const properties = objectOf(members.ResourceProperties);
  const [stackId, logicalResourceId] = [stringOf(members.StackId), stringOf(members.LogicalResourceId)];
  return {
    requestType: stringOf(members.RequestType),
    serviceTimeoutSeconds: secondsOf(properties.ServiceTimeout ?? members.ServiceTimeout),
    stackId,
    requestId: stringOf(members.RequestId),
    logicalResourceId,
    physicalResourceId: shortId(stringOf(members.PhysicalResourceId) || physicalIdFor(stackId, logicalResourceId)),
    properties,
    oldProperties: objectOf(members.OldResourceProperties),
  };
}

/**
 * Requires https, unless the function runs against an emulator over http, which has no certificate and nothing to
 * protect.
 */
function readResponseUrl(value: unknown, endpointUrl: string | undefined): URL {
  if (typeof value !== 'string' || !URL.canParse(value)) {
    throw new Error("'ResponseURL' must be a URL");
  }
  const url = new URL(value);
  const emulatorUsesHttp =
    endpointUrl !== undefined && URL.canParse(endpointUrl) && new URL(endpointUrl).protocol === 'http:';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && emulatorUsesHttp)) {
    throw new Error(`'ResponseURL' must be https, got: ${url.protocol}`);
  }
  return url;
}

/**
 * Returns the same ID for the resource's whole life, because a new ID would make CloudFormation replace the resource.
 * CloudFormation also deletes a failed Create by the ID that the answer carried.
 */
function physicalIdFor(stackId: string, logicalResourceId: string): string {
  const stackName = stackId.split('/')[1] ?? stackId;
  return `${stackName}-${logicalResourceId}`;
}

/** Cuts an ID to the characters that fit. CloudFormation's own IDs are never that long. */
function shortId(id: string): string {
  let bytes = 0;
  let short = '';
  for (const character of id) {
    bytes += Buffer.byteLength(JSON.stringify(character)) - 2;
    if (bytes > MAX_PHYSICAL_ID_BYTES) {
      break;
    }
    short += character;
  }
  return short;
}

/** Accepts a whole number of seconds, at least 1. CloudFormation checks this beforehand, but other callers may not. */
function secondsOf(value: unknown): number | undefined {
  const seconds = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof seconds === 'number' && Number.isInteger(seconds) && seconds >= 1 ? seconds : undefined;
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
