import * as glue from '@aws-sdk/client-glue';
import type { VirtualTime } from './virtual-time';

interface Tests {
  /** How long Glue takes. */
  readonly secondsOf: (name: string) => number;
  readonly began: (name: string) => void;
  readonly ended: (name: string) => void;
}

/** A Glue whose tests take virtual time, unless the function gives them up. */
export function installGlue(time: VirtualTime, { secondsOf, began, ended }: Tests): void {
  jest.spyOn(glue.GlueClient.prototype, 'send').mockImplementation((async (
    command: object,
    { abortSignal }: { abortSignal: AbortSignal },
  ) => {
    if (!(command instanceof glue.TestConnectionCommand)) {
      return {};
    }
    const name = command.input.ConnectionName ?? '';
    began(name);
    const givenUp = new Promise((resolve) => abortSignal.addEventListener('abort', resolve));
    await Promise.race([time.after(secondsOf(name) * 1_000), givenUp]);
    ended(name);
    return {};
  }) as never);
}

/** What Lambda tells an invocation that must end then. */
export function contextUntil(time: VirtualTime, endsAt: number, awsRequestId: string) {
  return {
    awsRequestId,
    functionName: 'handler',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:handler',
    getRemainingTimeInMillis: () => endsAt - time.now,
    logGroupName: 'group',
    logStreamName: 'stream',
  };
}
