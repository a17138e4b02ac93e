import { readEvent } from '../../lambda/cloudformation/event';

const URL = 'https://cloudformation.example.com/x';
const idOf = (event: object) => readEvent({ ResponseURL: URL, ...event }).physicalResourceId;

test('what is not there, or not of its type, is empty', () => {
  const empty = {
    requestType: '',
    stackId: '',
    requestId: '',
    logicalResourceId: '',
    physicalResourceId: '-',
    properties: {},
    oldProperties: {},
  };
  const odd = { RequestType: 1, StackId: {}, RequestId: [], ResourceProperties: 'x', OldResourceProperties: null };

  expect(readEvent({ ResponseURL: URL })).toMatchObject(empty);
  expect(readEvent({ ResponseURL: URL, ...odd })).toMatchObject(empty);
});

describe('the physical id', () => {
  test.each([
    [
      'is the one that was given',
      { PhysicalResourceId: 'given', StackId: 'a/Orders/1', LogicalResourceId: 'T' },
      'given',
    ],
    ['is made of the names of stack and resource', { StackId: 'a/Orders/1', LogicalResourceId: 'Test' }, 'Orders-Test'],
    ['is made of what stands for the stack', { StackId: 'Orders', LogicalResourceId: 'Test' }, 'Orders-Test'],
    ['of 1,024 bytes is kept', { PhysicalResourceId: 'x'.repeat(1_024) }, 'x'.repeat(1_024)],
    ['of more is cut', { PhysicalResourceId: 'x'.repeat(1_025) }, 'x'.repeat(1_024)],
    ['is cut between characters', { PhysicalResourceId: `${'🎉'.repeat(256)}x` }, '🎉'.repeat(256)],
    ['is counted as JSON', { PhysicalResourceId: '\n'.repeat(600) }, '\n'.repeat(512)],
  ])('%s', (_, event, id) => {
    expect(idOf(event)).toBe(id);
  });
});

test.each([
  ['nothing', undefined, "'ResponseURL' must be a URL"],
  ['a list', [URL], "'ResponseURL' must be a URL"],
  ['other text', 'S3cr3t', "'ResponseURL' must be a URL"],
  ['http', 'http://S3cr3t.example.com', "'ResponseURL' must be https, got: http:"],
])('there is nowhere to answer to with %s as the URL', (_, ResponseURL, message) => {
  expect(() => readEvent({ ResponseURL })).toThrow(new Error(message));
});

test.each([undefined, null, 'x'])('%p is no event', (event) => {
  expect(() => readEvent(event)).toThrow("'ResponseURL' must be a URL");
});
