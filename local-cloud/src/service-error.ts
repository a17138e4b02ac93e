/**
 * An error as an AWS service answers it: its code is what an SDK makes the exception's name.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';

  constructor(
    readonly code: string,
    message: string,
    readonly statusCode = 400,
    /** What the answer holds beside code and message. */
    readonly members: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}
