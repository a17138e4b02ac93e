/** The API refused the request: nothing has happened. The name is the code of the error. */
export abstract class ApiError extends Error {}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonErrors.html */
export class ValidationError extends ApiError {
  override readonly name: string = 'ValidationError';
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html#API_CreateStack_Errors */
export class InsufficientCapabilitiesException extends ApiError {
  override readonly name = 'InsufficientCapabilitiesException';
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html#API_CreateStack_Errors */
export class AlreadyExistsException extends ApiError {
  override readonly name = 'AlreadyExistsException';
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html#API_DescribeChangeSet_Errors */
export class ChangeSetNotFound extends ApiError {
  override readonly name = 'ChangeSetNotFound';
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html#API_ExecuteChangeSet_Errors */
export class InvalidChangeSetStatus extends ApiError {
  override readonly name = 'InvalidChangeSetStatus';
}

/** A handler throws this instead of a plain error to name the physical resource that its failure left behind. */
export class ResourceFailure extends Error {
  override readonly name = 'ResourceFailure';

  constructor(
    message: string,
    readonly physicalId?: string,
    /** Whether the resource had come into being under that id before it failed. */
    readonly isInitiated = physicalId !== undefined,
  ) {
    super(message);
  }
}

/** A handler throws this before it has touched anything: there is nothing to roll back. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
