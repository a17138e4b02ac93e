import type { Situation } from './arbitraries';

export interface Seen {
  /** What the handler threw. */
  readonly error: unknown;
  /** The answers that it sent. */
  readonly bodies: readonly Buffer[];
  readonly log: string;
}

interface Answer {
  readonly Status: unknown;
  readonly Reason?: unknown;
  readonly PhysicalResourceId: string;
  readonly Data?: object;
}

const ATTRIBUTES = ['Attempts', 'Category', 'ConnectionName', 'DurationMs', 'Message', 'Outcome', 'TestedAt'];

/** What CloudFormation's own ids never exceed, in bytes. */
const MAX_ID_BYTES = 300;

/** Half of a surrogate pair, or what takes the place of a character that was cut. */
const DAMAGE = /\p{Surrogate}|\uFFFD/u;

/** What holds for every event, whatever it is and whatever Glue says. */
export function expectOneValidAnswer({ event, isAnswerable, message, connection, marks }: Situation, seen: Seen): void {
  expect(seen.error).toBeUndefined();
  expect(seen.bodies).toHaveLength(isAnswerable ? 1 : 0);
  expect(marks.filter((mark) => seen.log.includes(mark))).toEqual([]);
  for (const line of seen.log.split('\n').slice(0, -1)) {
    expect(JSON.parse(line)).toHaveProperty('requestId');
  }
  for (const body of seen.bodies) {
    expect(body.length).toBeLessThanOrEqual(4096);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    expect(marks.filter((mark) => text.includes(mark))).toEqual([]);
    expectMembers(JSON.parse(text) as Answer, event as Record<string, unknown>);
    if (!isDamaged([event, message, connection])) {
      expect(isDamaged(JSON.parse(text))).toBe(false);
    }
  }
}

function expectMembers(answer: Answer, event: Record<string, unknown>): void {
  for (const member of ['StackId', 'RequestId', 'LogicalResourceId', 'PhysicalResourceId'] as const) {
    const given = event[member];
    expect(answer).toHaveProperty(member, isSane(given) ? given : (expect.any(String) as string));
  }
  const idBytes = Buffer.byteLength(answer.PhysicalResourceId);
  expect(idBytes).toBeGreaterThanOrEqual(1);
  expect(idBytes).toBeLessThanOrEqual(1024);

  const isDelete = event.RequestType === 'Delete';
  const isKnown = isDelete || event.RequestType === 'Create' || event.RequestType === 'Update';
  expect(['SUCCESS', 'FAILED']).toContain(answer.Status);
  if (!isKnown) {
    expect(answer.Status).toBe('FAILED');
  }
  if (isDelete) {
    expect(answer.Status).toBe('SUCCESS');
  } else if (answer.Status === 'SUCCESS') {
    expect(Object.keys(answer.Data ?? {}).sort()).toEqual(ATTRIBUTES);
  } else {
    expect(answer.Reason).toMatch(/\S/);
  }
}

function isSane(id: unknown): boolean {
  return typeof id === 'string' && id.length > 0 && Buffer.byteLength(JSON.stringify(id)) <= MAX_ID_BYTES;
}

/** Whether a text in it has lost a part of a character. */
function isDamaged(value: unknown): boolean {
  if (typeof value === 'string') {
    return DAMAGE.test(value);
  }
  return typeof value === 'object' && value !== null && Object.entries(value).flat().some(isDamaged);
}
