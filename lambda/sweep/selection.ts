import { isObject } from '../properties/shape';
import type { SweepInput, SweepItem, SweepSelection } from './contract';
import { INPUT_BYTES, asciiBytes } from './limits';
import { matches } from './pattern';

/** The input of an execution can't be used. Its message is all that the execution's failure says. */
class InvalidInputError extends Error {
  override readonly name = 'InvalidSweepInput';
  // Step Functions repeats the stack in the history, where it helps nobody.
  override readonly stack = '';
}

const LISTS = ['include', 'exclude', 'connectionTypes'] as const;

/** What a console and Step Functions itself put into an input. */
const IGNORED = ['Comment', 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID'];

type Lists = Required<SweepInput>;

/** Which connections a sweep tests: what its definition selects, narrowed by the input of the execution. */
export class Selection {
  private readonly all: readonly Lists[];

  /** @throws InvalidInputError with everything that is wrong with the input */
  constructor({ Include, Exclude, ConnectionTypes }: SweepSelection, input: unknown) {
    const defined = { include: listOf(Include), exclude: listOf(Exclude), connectionTypes: listOf(ConnectionTypes) };
    this.all = [defined, read(input)];
  }

  has({ Name, Type }: SweepItem): boolean {
    return this.all.every(
      ({ include, exclude, connectionTypes }) =>
        (include.length === 0 || include.some((pattern) => matches(pattern, Name))) &&
        !exclude.some((pattern) => matches(pattern, Name)) &&
        (connectionTypes.length === 0 || connectionTypes.includes(Type)),
    );
  }

  /** Patterns to include that match none of these names, each once. */
  unmatched(items: readonly SweepItem[]): string[] {
    const patterns = new Set(this.all.flatMap(({ include }) => include));
    return [...patterns].filter((pattern) => !items.some(({ Name }) => matches(pattern, Name)));
  }
}

function listOf(value: readonly string[] | string = []): readonly string[] {
  const list = typeof value === 'string' ? value.split(',') : value;
  return list.map((one) => one.trim()).filter((one) => one !== '');
}

function read(input: unknown): Lists {
  const given = input ?? {};
  const problems = problemsOf(given);
  if (problems.length > 0) {
    throw new InvalidInputError(`the input of the execution: ${problems.join('; ')}`);
  }
  return { include: [], exclude: [], connectionTypes: [], ...(given as SweepInput) };
}

function problemsOf(input: unknown): string[] {
  if (!isObject(input)) {
    return ['it must be an object, such as {"include": ["orders-*"]}'];
  }
  if (asciiBytes(JSON.stringify(input)) > INPUT_BYTES) {
    return [`it must have at most ${INPUT_BYTES} bytes; use fewer patterns`];
  }
  const unknown = Object.keys(input).filter((name) => ![...LISTS, ...IGNORED].includes(name));
  return [
    ...(unknown.length > 0
      ? [`it must have no members but ${LISTS.join(', ')}, got: ${unknown.slice(0, 5).join(', ').slice(0, 200)}`]
      : []),
    ...LISTS.filter((name) => name in input && !isListOfTexts(input[name])).map(
      (name) => `'${name}' must be a list of strings that are not empty`,
    ),
  ];
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string' && one.trim() !== '');
}
