import type { CloudFormationCustomResourceResponse as CloudFormationResponse } from 'aws-lambda';
import http from 'node:http';
import https from 'node:https';
import { backoff, type Clock } from '../base/clock';
import type { Answer } from './answer';
import type { AnswerableEvent } from './event';
import type { Log } from '../base/log';
import { cut } from '../base/json-text';

/**
 * CloudFormation rejects a longer response with nothing but "Response object is too long".
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
const MAX_RESPONSE_BYTES = 4096;

/** The limit of each ID, counted in its JSON form. */
const MAX_ID_BYTES = 320;

/** How long to keep trying to send an answer, if Lambda leaves that much time. */
const PATIENCE_MS = 20_000;
/** The minimum, even if almost no time is left: CloudFormation can't accept an answer that was never sent. */
const MIN_PATIENCE_MS = 300;
/** How much of the remaining time to keep, so that the function can end cleanly. */
const MARGIN_MS = 500;
const PUT_TIMEOUT_MS = 3_000;
const FIRST_DELAY_MS = 200;
const MAX_DELAY_MS = 3_000;

/** Sends the answer. Throws if CloudFormation accepts none, so that Lambda delivers the event again. */
export async function respond(
  event: AnswerableEvent,
  answer: Answer,
  remainingMs: number,
  clock: Clock,
  log: Log,
): Promise<void> {
  const body = Buffer.from(JSON.stringify(responseTo(event, answer)));
  const endsAt = clock.now() + Math.min(PATIENCE_MS, Math.max(MIN_PATIENCE_MS, remainingMs - MARGIN_MS));
  for (let attempt = 1; ; attempt++) {
    try {
      const timeoutMs = Math.max(1, Math.min(PUT_TIMEOUT_MS, endsAt - clock.now()));
      const statusCode = await put(event.responseUrl, body, timeoutMs);
      if (statusCode < 500) {
        // Any status below 500 is final: the URL is signed for this one request and never redirects.
        const [level, message] =
          statusCode < 300
            ? (['INFO', `answered ${answer.status}`] as const)
            : (['ERROR', `the answer ${answer.status} was refused with HTTP ${statusCode}`] as const);
        const fields = { status: answer.status, statusCode, attempt, bytes: body.length };
        log({ level, event: 'answered', message, ...fields });
        return;
      }
      throw new Error(`the response URL answered with status ${statusCode}`);
    } catch (error) {
      const delay = backoff(attempt, FIRST_DELAY_MS, MAX_DELAY_MS, clock);
      const cause = (error as Error).message;
      log({ level: 'WARN', event: 'answer not accepted', message: `no answer accepted yet: ${cause}`, attempt, cause });
      if (clock.now() + delay >= endsAt) {
        throw new Error('CloudFormation did not accept the response', { cause: error });
      }
      await clock.sleep(delay);
    }
  }
}

function responseTo(event: AnswerableEvent, answer: Answer): CloudFormationResponse {
  // CloudFormation's own IDs are far below this limit. Other IDs must not crowd out the rest.
  const [stackId, requestId, logicalId] = [event.stackId, event.requestId, event.logicalResourceId].map((id) =>
    cut(id, MAX_ID_BYTES),
  ) as [string, string, string];
  const common = {
    StackId: stackId,
    RequestId: requestId,
    LogicalResourceId: logicalId,
    PhysicalResourceId: event.physicalResourceId,
  };
  if (answer.status === 'FAILED') {
    const failed = { ...common, Status: 'FAILED', Reason: '' } as const;
    return { ...failed, Reason: cut(answer.reason, roomIn(failed)) };
  }
  const { attributes } = answer;
  const succeeded = { ...common, Status: 'SUCCESS', Data: attributes && { ...attributes, Message: '' } } as const;
  return attributes === undefined
    ? succeeded
    : { ...succeeded, Data: { ...attributes, Message: cut(attributes.Message, roomIn(succeeded)) } };
}

function roomIn(response: object): number {
  return MAX_RESPONSE_BYTES - Buffer.byteLength(JSON.stringify(response));
}

function put(url: URL, body: Buffer, timeoutMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    // The presigned URL fixes the headers: a request with any other content type is rejected.
    const headers = { 'content-type': '', 'content-length': body.length };
    const { request } = url.protocol === 'http:' ? http : https;
    const outgoing = request(url, { method: 'PUT', headers, agent: false });
    // Node's own timeout counts only while the socket is silent, so this uses a separate timer.
    const timer = setTimeout(() => outgoing.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    outgoing.on('response', (incoming) => {
      clearTimeout(timer);
      resolve(incoming.statusCode ?? 0);
      incoming.destroy();
    });
    outgoing.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    outgoing.end(body);
  });
}
