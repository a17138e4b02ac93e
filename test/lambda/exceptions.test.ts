import { classify } from '../../lambda/failure';

const keep = (text: string) => text;

/** An error as the SDK throws it for an answer. */
function answered(name: string, statusCode: number, message = 'no'): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: statusCode } });
}

describe('by its name or status alone', () => {
  test.each([
    ['AccessDeniedException', 400, 'PROPAGATION'],
    ['EntityNotFoundException', 400, 'PROPAGATION'],
    // The credentials of a new role
    ['UnrecognizedClientException', 400, 'PROPAGATION'],
    ['InvalidClientTokenId', 400, 'PROPAGATION'],
    ['InvalidSignatureException', 400, 'PROPAGATION'],
    ['SignatureDoesNotMatch', 400, 'PROPAGATION'],
    ['SignatureDoesNotMatchException', 400, 'PROPAGATION'],
    ['ExpiredTokenException', 400, 'PROPAGATION'],
    ['Unheard', 403, 'PROPAGATION'],
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
  ])('%s with HTTP %d is %s', (name, statusCode, category) => {
    expect(classify(answered(name, statusCode), keep).category).toBe(category);
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
