import * as glue from '@aws-sdk/client-glue';
import { SYSTEM_CLOCK } from '../../../lambda/base/clock';
import type { SweepEvent } from '../../../lambda/sweep/contract';
import { PAYLOAD_BYTES } from '../../../lambda/sweep/limits';
import { sweep } from '../../../lambda/sweep/sweep';
import { execute, type Callable } from './machine';

jest.setTimeout(120_000);

/** As many as an account has in a Region. */
const COUNT = 1_000;

/** Each round has this many at most in the 55 minutes of the longest patience, even if no test took any time. */
const MAX_ROUNDS = 31;

let names: readonly string[];
let sayOf: (name: string) => string | undefined;
beforeEach(() => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  jest.spyOn(glue.GlueClient.prototype, 'send').mockImplementation(((command: object) => {
    if (command instanceof glue.GetConnectionsCommand) {
      return Promise.resolve({ ConnectionList: names.map((Name) => ({ Name, ConnectionType: 'JDBC' })) });
    }
    const { ConnectionName = '' } = (command as glue.TestConnectionCommand).input;
    const message = sayOf(ConnectionName);
    return message === undefined
      ? Promise.resolve({})
      : Promise.reject(new glue.InvalidInputException({ message, $metadata: { httpStatusCode: 400 } }));
  }) as never);
});
afterEach(() => jest.restoreAllMocks());

/** The function from its sources: 10,000 runs of the built one would take minutes. */
const inProcess: Callable = {
  call: async (event) => {
    const context = { awsRequestId: 'one', getRemainingTimeInMillis: () => 900_000 };
    const result = await sweep(JSON.parse(JSON.stringify(event)) as SweepEvent, context, SYSTEM_CLOCK);
    return { result: JSON.parse(JSON.stringify(result)) as unknown };
  },
};

/** Names of as many characters as Glue allows; each begins with its number. */
const namesOf = (character: string) =>
  Array.from({ length: COUNT }, (_, index) => `${String(index).padStart(4, '0')}${character.repeat(251)}`);

/** Of 1,000 characters. */
const say = (beginning: string) => `${beginning} ${'"é😀'.repeat(323)}`;

/** Enough to tell the names by, and less to read where they differ. */
const numbersOf = (all: readonly string[]) => all.map((name) => name.slice(0, 4));

describe('1,000 connections with names of 255 characters and messages of 1,000', () => {
  test.each([
    ['ASCII', 'x', 5],
    ['quotes', '"', 7],
    ['emoji', '😀', 22],
  ])('fit into the payloads and the history when all fail, with names of %s', async (_, character, pageCount) => {
    names = namesOf(character);
    sayOf = () => say('password authentication failed');

    const { summary, largest, pages, events } = await execute(inProcess, {
      selection: { Include: Array<string>(10).fill(`*${character}`) },
      input: { include: ['*'] },
    });

    expect(numbersOf(pages.flat())).toEqual(numbersOf(names));
    expect(pages.length).toBe(pageCount);
    expect(summary).toMatchObject({ tested: COUNT, failed: COUNT });
    expect(numbersOf(summary.failures.map(({ name }) => name))).toEqual(
      numbersOf(names.slice(0, COUNT - summary.omitted)),
    );
    expect(largest).toBeLessThanOrEqual(PAYLOAD_BYTES);
    expect(events).toBeLessThan(25_000);
  });

  test('fit into them when all are tested again and again', async () => {
    names = namesOf('😀');
    sayOf = () => say('Communications link failure');

    const { summary, largest, pages, events } = await execute(inProcess, {
      fold: { PatienceSeconds: 3_300 },
      waits: false,
      afterRound: () => {
        sayOf = () => undefined;
      },
    });

    expect(numbersOf(pages.flat())).toEqual(numbersOf([...names, ...names]));
    expect(summary).toMatchObject({ tested: COUNT, passed: COUNT });
    expect(largest).toBeLessThanOrEqual(PAYLOAD_BYTES);
    expect((events / 2) * MAX_ROUNDS).toBeLessThan(25_000);
  });
});

test('1,000 connections with usual names are four pages, also when all fail', async () => {
  names = Array.from({ length: COUNT }, (_, index) => `prod-orders-database-${1000 + index}`);
  sayOf = () => say('password authentication failed');

  const { summary, pages, events } = await execute(inProcess);

  expect(pages.map(({ length }) => length)).toEqual([306, 306, 306, 82]);
  expect(summary.failures.length).toBeGreaterThan(100);
  expect(events).toBeLessThan(100);
});
