/** A custom resource request, with every member in place, whatever came. */
export interface ResourceEvent {
  readonly requestType: string;
  readonly responseUrl: URL;
  /** How long CloudFormation waits for the answer, if the template says so. */
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
 * Reads what Lambda was invoked with.
 *
 * @param endpointUrl where the function finds AWS, if not at AWS: emulators say so by `AWS_ENDPOINT_URL`
 * @throws an error when there is nowhere safe to answer to; it never shows the response URL, which is a credential
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
 */
export function readEvent(event: unknown, endpointUrl?: string): ResourceEvent {
  const members = objectOf(event);
  const properties = objectOf(members.ResourceProperties);
  const [stackId, logicalResourceId] = [stringOf(members.StackId), stringOf(members.LogicalResourceId)];
  return {
    requestType: stringOf(members.RequestType),
    responseUrl: readResponseUrl(members.ResponseURL, endpointUrl),
    serviceTimeoutSeconds: secondsOf(properties.ServiceTimeout ?? members.ServiceTimeout),
    stackId,
    requestId: stringOf(members.RequestId),
    logicalResourceId,
    physicalResourceId: shortId(stringOf(members.PhysicalResourceId) || physicalIdFor(stackId, logicalResourceId)),
    properties,
    oldProperties: objectOf(members.OldResourceProperties),
  };
}

/** https, but where AWS itself is played over http: there is no certificate then, and nothing to protect. */
function readResponseUrl(value: unknown, endpointUrl: string | undefined): URL {
  if (typeof value !== 'string' || !URL.canParse(value)) {
    throw new Error("'ResponseURL' must be a URL");
  }
  const url = new URL(value);
  const isPlayed = endpointUrl !== undefined && URL.canParse(endpointUrl) && new URL(endpointUrl).protocol === 'http:';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isPlayed)) {
    throw new Error(`'ResponseURL' must be https, got: ${url.protocol}`);
  }
  return url;
}

/**
 * The same for the resource's whole life: another id would make CloudFormation replace the resource, and a failed
 * Create is deleted by the id that its answer carried.
 */
function physicalIdFor(stackId: string, logicalResourceId: string): string {
  const stackName = stackId.split('/')[1] ?? stackId;
  return `${stackName}-${logicalResourceId}`;
}

/** CloudFormation's own ids are never that long; of any other, the first characters that fit. */
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

/** A whole number of seconds, at least 1; CloudFormation checks it before, and others may not. */
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
