import type { Redact } from './redaction';
import { SIGNATURES, type Diagnosis, type Signature } from './signatures';

/** Why one attempt did not pass. */
export interface Failure extends Diagnosis {
  /** The exception's name, as Glue or the SDK gives it. */
  readonly exception: string;
  /** What it said, without secrets and without wrappers. */
  readonly message: string;
}

const API = 'https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnection.html#API_TestConnection_Errors';

type Explanation = Omit<Diagnosis, 'link'>;

const ACCESS_DENIED: Explanation = {
  category: 'PROPAGATION',
  cause: 'The role that runs the test may not do this, or was granted it too recently.',
  nextStep: 'Grant the role what Glue names.',
};

const SERVICE_FAULT: Explanation = {
  category: 'SERVICE_FAULT',
  cause: 'Glue itself failed.',
  nextStep: 'Deploy again; if it stays, look at the AWS Health Dashboard.',
};

/** What is known by the exception alone, where the message says nothing more. */
const EXCEPTIONS: Readonly<Record<string, Explanation>> = {
  InvalidInputException: {
    category: 'INVALID_INPUT',
    cause: 'Glue does not accept the connection as it is defined.',
    nextStep: 'Correct what Glue names.',
  },
  OperationTimeoutException: {
    category: 'TIMEOUT',
    cause: 'Glue gave up waiting for the data store.',
    nextStep: 'Check that the store answers from the subnet of the connection.',
  },
  ResourceNumberLimitExceededException: {
    category: 'RESOURCE_LIMIT',
    cause: 'A quota of Glue is used up.',
    nextStep: 'Run fewer tests and jobs at once, or ask for a higher quota.',
  },
  GlueEncryptionException: {
    category: 'ENCRYPTION',
    cause: 'Glue cannot decrypt what the connection or the catalog encrypts.',
    nextStep: "Allow the role that runs the test kms:Decrypt with the catalog's key.",
  },
  FederationSourceException: {
    category: 'FEDERATION_SOURCE',
    cause: 'The federated source behind the connection failed.',
    nextStep: 'Look at the source that Glue names.',
  },
  AccessDeniedException: ACCESS_DENIED,
  EntityNotFoundException: {
    category: 'PROPAGATION',
    cause: 'Glue has no connection of this name in this account, Region and catalog.',
    nextStep: 'Correct the name, or make the test wait until the connection is created.',
  },
  ConflictException: {
    category: 'CONFLICT',
    cause: 'Something else is changing the connection.',
    nextStep: 'Deploy again when it is done.',
  },
  InternalServiceException: SERVICE_FAULT,
};

const THROTTLING: Explanation = {
  category: 'THROTTLED',
  cause: 'Glue takes no more calls for now.',
  nextStep: 'Run fewer tests at once, or give them a longer timeout.',
};

const NETWORK: Explanation = {
  category: 'NETWORK',
  cause: "The function cannot reach Glue's API.",
  nextStep: 'If the function is in a VPC, give it a NAT gateway or an interface endpoint for Glue.',
};

const UNKNOWN: Explanation = {
  category: 'UNKNOWN',
  cause: 'Not known.',
  nextStep: 'Read what Glue says, and test the connection in the console of Glue.',
};

/** How Glue's JDBC test introduces the words of the driver. */
const WRAPPER =
  /^Check that your connection definition references your JDBC database with correct URL syntax, username, and password\.\s*/i;

const THROTTLING_NAME = /throttl|toomanyrequests|requestlimitexceeded|slowdown/i;

/** A new role's credentials are not known everywhere at once. */
const NEW_CREDENTIALS_NAME = /^(UnrecognizedClient|InvalidClientTokenId|InvalidSignature|ExpiredToken)(Exception)?$/;

/** Everything that a call can throw ends in a category. */
export function classify(error: unknown, redact: Redact): Failure {
  const { name, message, statusCode, isNetwork } = inspect(error);
  const redacted = redact(message);
  const unwrapped = redacted.replace(WRAPPER, '') || redacted || 'no message';
  const diagnosis = findSignature(unwrapped) ?? { ...diagnose(name, statusCode, isNetwork), link: API };
  return { ...pick(diagnosis), exception: redact(name).slice(0, 100), message: unwrapped };
}

/** The test's time ran out before Glue answered at all. */
export function timedOut(milliseconds: number): Failure {
  return {
    category: 'TIMEOUT',
    cause: 'Glue waited for the data store longer than the test may take.',
    nextStep:
      "Check that the store answers from the subnet of the connection; a slow one needs a longer 'timeout'. The " +
      'runbook AWSSupport-TroubleshootGlueConnection checks the network for you.',
    link: API,
    exception: 'Timeout',
    message: `Glue did not answer within ${Math.round(milliseconds / 100) / 10} seconds`,
  };
}

function diagnose(name: string, statusCode: number | undefined, isNetwork: boolean): Explanation {
  const known = Object.hasOwn(EXCEPTIONS, name) ? EXCEPTIONS[name] : undefined;
  if (known !== undefined) {
    return known;
  }
  if (THROTTLING_NAME.test(name) || statusCode === 429) {
    return THROTTLING;
  }
  if (NEW_CREDENTIALS_NAME.test(name)) {
    return ACCESS_DENIED;
  }
  if (isNetwork) {
    return NETWORK;
  }
  if (statusCode !== undefined && (statusCode >= 500 || statusCode < 300)) {
    // A success that can't be read is no success.
    return SERVICE_FAULT;
  }
  return UNKNOWN;
}

interface Inspected {
  readonly name: string;
  readonly message: string;
  readonly statusCode: number | undefined;
  readonly isNetwork: boolean;
}

/** What the SDK attaches to its errors, whichever of them it is. */
interface SdkError extends Error {
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly statusCode?: number };
  readonly FederationSourceErrorCode?: unknown;
}

function inspect(error: unknown): Inspected {
  if (!(error instanceof Error)) {
    return { name: 'Error', message: String(error), statusCode: undefined, isNetwork: false };
  }
  const { name, message, code, $metadata, $response, FederationSourceErrorCode }: SdkError = error;
  const statusCode = $metadata?.httpStatusCode ?? $response?.statusCode;
  return {
    name: typeof code === 'string' && name === 'Error' ? code : name,
    message: typeof FederationSourceErrorCode === 'string' ? `${message} (${FederationSourceErrorCode})` : message,
    statusCode,
    isNetwork: typeof code === 'string' || name === 'TimeoutError',
  };
}

function findSignature(message: string): Signature | undefined {
  const text = message.slice(0, 4_000).replace(/\s+/g, ' ').toLowerCase();
  return SIGNATURES.find(({ anyOf }) =>
    anyOf.some((pattern) => (typeof pattern === 'string' ? text.includes(pattern) : pattern.test(text))),
  );
}

function pick({ category, cause, nextStep, link }: Diagnosis): Diagnosis {
  return { category, cause, nextStep, link };
}
