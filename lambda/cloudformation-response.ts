import type {
  CloudFormationCustomResourceEvent,
  CloudFormationCustomResourceResponse as CloudFormationResponse,
} from 'aws-lambda';
import { request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Decision } from './lifecycle';
import type { Log } from './log';

/**
 * CloudFormation refuses anything longer with nothing but "Response object is too long".
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
const MAX_RESPONSE_BYTES = 4096;

const PUT_ATTEMPTS = 5;
const PUT_TIMEOUT_MS = 2_500;
const FIRST_DELAY_MS = 100;

/** Answers the event, and throws when no answer was accepted, so that Lambda delivers the event again. */
export async function respond(event: CloudFormationCustomResourceEvent, decision: Decision, log: Log): Promise<void> {
  const url = new URL(event.ResponseURL);
  if (url.protocol !== 'https:') {
    // Delivered again it would be no better, hence no exception. The URL is a credential: it is never logged.
    log({ level: 'ERROR', message: `'ResponseURL' must be https, got: ${url.protocol}` });
    return;
  }
  const body = Buffer.from(JSON.stringify(responseTo(event, decision)));
  for (let attempt = 1; ; attempt++) {
    try {
      const statusCode = await put(url, body);
      if (statusCode < 500) {
        const accepted = statusCode >= 200 && statusCode < 300;
        log({ level: accepted ? 'INFO' : 'ERROR', message: 'answered', status: decision.status, statusCode, attempt });
        return;
      }
      throw new Error(`CloudFormation's response URL answered with status ${statusCode}`);
    } catch (error) {
      if (attempt === PUT_ATTEMPTS) {
        throw error;
      }
      log({ level: 'WARN', message: 'answer not accepted yet', cause: (error as Error).message, attempt });
      await sleep(Math.random() * FIRST_DELAY_MS * 2 ** attempt);
    }
  }
}

function responseTo(event: CloudFormationCustomResourceEvent, decision: Decision): CloudFormationResponse {
  const common = {
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    PhysicalResourceId: physicalResourceId(event),
  };
  if (decision.status === 'SUCCESS') {
    return { ...common, Status: 'SUCCESS', Data: decision.attributes };
  }
  const failed = { ...common, Status: 'FAILED', Reason: '' } as const;
  const room = MAX_RESPONSE_BYTES - Buffer.byteLength(JSON.stringify(failed));
  return { ...failed, Reason: shorten(decision.reason, room) };
}

/**
 * The same for the resource's whole life: another id would make CloudFormation replace the resource, and a failed
 * Create is deleted by the id that its answer carried.
 */
function physicalResourceId(event: CloudFormationCustomResourceEvent): string {
  const stackName = event.StackId.split('/')[1] ?? event.StackId;
  return event.RequestType === 'Create' ? `${stackName}-${event.LogicalResourceId}` : event.PhysicalResourceId;
}

/** Cuts a text so that its JSON form fits, between two characters. */
function shorten(text: string, maxBytes: number): string {
  const jsonBytes = (part: string) => Buffer.byteLength(JSON.stringify(part)) - 2;
  if (jsonBytes(text) <= maxBytes) {
    return text;
  }
  let left = maxBytes - jsonBytes('…');
  let kept = '';
  for (const character of text) {
    left -= jsonBytes(character);
    if (left < 0) {
      break;
    }
    kept += character;
  }
  return `${kept}…`;
}

function put(url: URL, body: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': '', 'content-length': body.length };
    const outgoing = request(url, { method: 'PUT', headers, agent: false, timeout: PUT_TIMEOUT_MS }, (incoming) => {
      incoming.resume();
      resolve(incoming.statusCode ?? 0);
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${PUT_TIMEOUT_MS} ms`)));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
