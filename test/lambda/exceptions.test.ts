import { classify, timedOut, timedOutAfter } from '../../lambda/failures/failure';

const keep = (text: string) => text;

const SENTENCE = /^[A-Z].+\.$/;

/** An error as the SDK throws it for an answer. */
function answered(name: string, statusCode: number, message = 'no'): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: statusCode } });
}

describe('by its name or status alone', () => {
  test.each([
    ['AccessDeniedException', 400, 'ACCESS_DENIED'],
    ['EntityNotFoundException', 400, 'NOT_FOUND'],
    // The credentials of a new role
    ['UnrecognizedClientException', 400, 'ACCESS_DENIED'],
    ['InvalidClientTokenId', 400, 'ACCESS_DENIED'],
    ['InvalidSignatureException', 400, 'ACCESS_DENIED'],
    ['SignatureDoesNotMatch', 400, 'ACCESS_DENIED'],
    ['SignatureDoesNotMatchException', 400, 'ACCESS_DENIED'],
    ['ExpiredTokenException', 400, 'ACCESS_DENIED'],
    ['Unheard', 403, 'ACCESS_DENIED'],
    ['ThrottlingException', 400, 'THROTTLED'],
    ['TooManyRequestsException', 400, 'THROTTLED'],
    ['RequestLimitExceeded', 400, 'THROTTLED'],
    ['SlowDown', 400, 'THROTTLED'],
    ['Unheard', 429, 'THROTTLED'],
    ['RequestTimeout', 400, 'NETWORK'],
    ['RequestTimeoutException', 400, 'NETWORK'],
    ['Unheard', 408, 'NETWORK'],
    ['Unheard', 500, 'SERVICE_FAULT'],
    ['Unheard', 200, 'SERVICE_FAULT'],
    ['Unheard', 400, 'UNKNOWN'],
    ['NotSignatureDoesNotMatch', 400, 'UNKNOWN'],
    ['InvalidSignatureExceptions', 400, 'UNKNOWN'],
    ['NotRequestTimeout', 400, 'UNKNOWN'],
    ['RequestTimeouts', 400, 'UNKNOWN'],
    ['Unheard', 299, 'SERVICE_FAULT'],
    ['Unheard', 300, 'UNKNOWN'],
    ['Unheard', 499, 'UNKNOWN'],
    ['toString', 400, 'UNKNOWN'],
    ['InvalidInputException', 400, 'INVALID_INPUT'],
    ['ValidationException', 400, 'INVALID_INPUT'],
    ['SerializationException', 400, 'INVALID_INPUT'],
    ['OperationTimeoutException', 400, 'TIMEOUT'],
    ['ResourceNumberLimitExceededException', 400, 'RESOURCE_LIMIT'],
    ['GlueEncryptionException', 400, 'ENCRYPTION'],
    ['FederationSourceException', 400, 'FEDERATION_SOURCE'],
    ['ConflictException', 400, 'CONFLICT'],
    ['InternalServiceException', 400, 'SERVICE_FAULT'],
  ])('%s with HTTP %d is %s', (name, statusCode, category) => {
    const failure = classify(answered(name, statusCode), keep);

    expect(failure).toMatchObject({ category, exception: name, saidBy: 'Glue' });
    expect(failure.cause).toMatch(SENTENCE);
    expect(failure.nextStep).toMatch(SENTENCE);
    expect(failure.link).toMatch(/^https:/);
  });

  test.each([
    ['a throttled request that is forbidden', answered('ThrottlingException', 403), 'THROTTLED'],
    ['a known exception, whatever its status', answered('InvalidInputException', 403), 'INVALID_INPUT'],
    ['a call that the SDK gave up', Object.assign(new Error('no'), { name: 'TimeoutError' }), 'NETWORK'],
    ['a socket that was reset', Object.assign(new Error('no'), { code: 'ECONNRESET' }), 'NETWORK'],
  ])('%s', (_, error, category) => {
    expect(classify(error, keep).category).toBe(category);
  });
});

test.each([
  ['TimeoutError', 0],
  ['RequestTimeout', 408],
  ['ThrottlingException', 400],
])('what %s says is not about the data store, although it sounds like it', (name, statusCode) => {
  const { category } = classify(answered(name, statusCode, 'Connection timed out'), keep);

  expect(category).not.toBe('UNREACHABLE');
});

describe('the words', () => {
  const error = (message: unknown, members: object = {}) => Object.assign(new Error(), { message }, members);

  test.each([
    ['a code of the federated source', error('no', { FederationSourceErrorCode: 'E1' }), 'no (E1)'],
    ['a code that is no text', error('no', { FederationSourceErrorCode: 1 }), 'no'],
    [
      'something else than text',
      error({ a: { b: { c: { d: { e: 1 } } } } }),
      '{\n  a: { b: { c: { d: [Object] } } }\n}',
    ],
    ['no message', error(undefined), 'no message'],
    [
      'an answer that is not JSON',
      Object.assign(new SyntaxError('Unexpected token S3cr3t'), { $response: { statusCode: 200 } }),
      'the answer is not JSON (HTTP 200)',
    ],
    ['16,001 characters', error('x'.repeat(16_001)), 'x'.repeat(16_000)],
  ])('are passed on: %s', (_, thrown, message) => {
    expect(classify(thrown, keep).message).toBe(message);
  });

  test.each([
    ['its code, where the name says nothing', error('no', { code: 'ECONNRESET' }), 'ECONNRESET'],
    ['its name, where that says something', error('no', { code: 'X', name: 'TimeoutError' }), 'TimeoutError'],
    ['at most 100 characters', error('no', { name: 'x'.repeat(101) }), 'x'.repeat(100)],
    ['what is no text, as text', error('no', { name: 5 }), '5'],
    ['nothing, where there is none', { message: 'no' }, 'Error'],
  ])('name the exception: by %s', (_, thrown, exception) => {
    expect(classify(thrown, keep).exception).toBe(exception);
  });

  test('are without secrets, but what they mean is read with them', () => {
    const hide = (text: string) => text.replace('password authentication', '****');
    const failure = classify(error('FATAL: password authentication failed for user "x"'), hide);

    expect(failure).toMatchObject({ category: 'CREDENTIALS', message: 'FATAL: **** failed for user "x"' });
  });
});

describe('when the time is over', () => {
  test('it is told how long nothing came, and where to look', () => {
    expect(timedOut(1_000)).toMatchObject({
      category: 'TIMEOUT',
      exception: 'Timeout',
      saidBy: 'Glue',
      message: 'Glue did not answer within 1 second',
    });
    expect(timedOut(1_540).message).toBe('Glue did not answer within 1.5 seconds');
    expect(timedOut(1_000).cause).toMatch(SENTENCE);
    expect(timedOut(1_000).nextStep).toMatch(
      /^Check that the store .*\. The runbook AWSSupport-TroubleshootGlueConnection .*\.$/,
    );
  });

  test('whoever was silent is told, beside whoever had spoken before', () => {
    const before = classify(answered('ThrottlingException', 400, 'slow down'), keep);
    const silence = { ...timedOut(3_000), saidBy: 'Secrets Manager', cause: 'Secrets Manager was silent.' } as const;

    expect(timedOutAfter(before, silence, 2_000, 3_000)).toEqual({
      ...silence,
      message: 'Secrets Manager did not answer within 2 seconds; before that Glue said: slow down',
    });
    expect(timedOutAfter(before, silence, 400, 3_000)).toEqual({
      ...before,
      message: 'slow down; then no answer from Secrets Manager for 0.4 seconds',
    });
  });

  test('what was said before is kept', () => {
    const before = classify(answered('ThrottlingException', 400, 'slow down'), keep);
    const silence = timedOut(3_000);

    expect(timedOutAfter(before, silence, 2_000, 3_000)).toEqual({
      ...silence,
      message: 'Glue did not answer within 2 seconds; before that: slow down',
    });
    expect(timedOutAfter(before, silence, 400, 3_000)).toEqual({
      ...before,
      message: 'slow down; then no answer for 0.4 seconds',
    });
  });
});
