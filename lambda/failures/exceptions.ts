import type { Diagnosis } from './diagnosis';

const API = 'https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnection.html#API_TestConnection_Errors';

type Explanation = Omit<Diagnosis, 'link'>;

const ACCESS_DENIED: Explanation = {
  category: 'ACCESS_DENIED',
  cause: 'The role that runs the test may not do this, or was granted it too recently.',
  nextStep: 'Grant the role what Glue names.',
};

const INVALID_INPUT: Explanation = {
  category: 'INVALID_INPUT',
  cause: 'Glue does not accept the connection as it is defined.',
  nextStep: 'Correct what Glue names.',
};

const SERVICE_FAULT: Explanation = {
  category: 'SERVICE_FAULT',
  cause: 'Glue itself failed.',
  nextStep: 'Deploy again; if it stays, look at the AWS Health Dashboard.',
};

export const TIMED_OUT: Diagnosis = {
  category: 'TIMEOUT',
  cause: 'Glue waited for the data store longer than the test may take.',
  nextStep:
    "Check that the store answers from the subnet of the connection; a slow one needs a longer 'timeout'. The runbook " +
    'AWSSupport-TroubleshootGlueConnection checks the network for you.',
  link: API,
  network: 'SUSPECTED',
};

/** What the exception alone tells, if the message tells nothing more. */
const EXCEPTIONS: Readonly<Record<string, Explanation>> = {
  InvalidInputException: INVALID_INPUT,
  ValidationException: INVALID_INPUT,
  SerializationException: INVALID_INPUT,
  OperationTimeoutException: {
    category: 'TIMEOUT',
    cause: 'Glue gave up waiting for the data store.',
    nextStep: 'Check that the store answers from the subnet of the connection.',
    network: 'SUSPECTED',
  },
  ResourceNumberLimitExceededException: {
    category: 'RESOURCE_LIMIT',
    cause: 'A quota of Glue is used up.',
    nextStep: 'Run fewer tests and jobs at once, or ask for a higher quota.',
    network: 'SUSPECTED',
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
    category: 'NOT_FOUND',
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

const THROTTLING_NAME = /throttl|toomanyrequests|requestlimitexceeded|slowdown/i;

/** A new role's credentials are not valid everywhere at once. */
const NEW_CREDENTIALS_NAME =
  /^(UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch|ExpiredToken)(Exception)?$/;

/** The request did not arrive in full. */
const CUT_REQUEST_NAME = /^RequestTimeout(Exception)?$/;

/**
 * Diagnoses a failure by its kind alone.
 *
 * @param name the exception's name
 * @param statusCode the HTTP status, if there was an answer
 * @param isNetwork whether the network failed
 */
export function diagnose(name: string, statusCode: number | undefined, isNetwork: boolean): Diagnosis {
  return { ...explain(name, statusCode, isNetwork), link: API };
}

function explain(name: string, statusCode: number | undefined, isNetwork: boolean): Explanation {
  const known = Object.hasOwn(EXCEPTIONS, name) ? EXCEPTIONS[name] : undefined;
  if (known !== undefined) {
    return known;
  }
  if (THROTTLING_NAME.test(name) || statusCode === 429) {
    return THROTTLING;
  }
  if (NEW_CREDENTIALS_NAME.test(name) || statusCode === 403) {
    return ACCESS_DENIED;
  }
  if (isNetwork || CUT_REQUEST_NAME.test(name) || statusCode === 408) {
    return NETWORK;
  }
  if (statusCode !== undefined && (statusCode >= 500 || statusCode < 300)) {
    // A success that can't be read is not a success.
    return SERVICE_FAULT;
  }
  return UNKNOWN;
}
