import { randomInt } from 'node:crypto';
import { ServiceError } from '../service-error';

const TYPES = {
  lowercase: 'abcdefghijklmnopqrstuvwxyz',
  uppercase: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  numbers: '0123456789',
  punctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
  space: ' ',
};

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html */
export interface PasswordOptions {
  /** @default 32 */
  readonly length?: number;
  /** @default - none */
  readonly excludeCharacters?: string;
  readonly excludeLowercase?: boolean;
  readonly excludeUppercase?: boolean;
  readonly excludeNumbers?: boolean;
  readonly excludePunctuation?: boolean;
  readonly includeSpace?: boolean;
  /** Whether there is at least one character of each type that is not excluded. @default true */
  readonly requireEachIncludedType?: boolean;
}

/** @throws ServiceError InvalidParameterException */
export function randomPassword(options: PasswordOptions): string {
  const { length = 32, requireEachIncludedType = true } = options;
  if (!Number.isInteger(length) || length < 1 || length > 4096) {
    throw invalid(`PasswordLength must be an integer from 1 to 4096, got ${length}`);
  }
  const types = includedTypes(options);
  const alphabet = types.join('');
  if (alphabet === '') {
    throw invalid('No character is left to make a password of');
  }
  const required = requireEachIncludedType ? types : [];
  if (required.length > length) {
    throw invalid(`PasswordLength must be at least ${required.length} to include each type of character`);
  }
  const rest = Array.from({ length: length - required.length }, () => alphabet);
  return shuffled([...required, ...rest].map(randomOf)).join('');
}

/** A type of which every character is excluded is no longer one. */
function includedTypes({ excludeCharacters = '', ...options }: PasswordOptions): string[] {
  const types = [
    options.excludeLowercase === true ? '' : TYPES.lowercase,
    options.excludeUppercase === true ? '' : TYPES.uppercase,
    options.excludeNumbers === true ? '' : TYPES.numbers,
    options.excludePunctuation === true ? '' : TYPES.punctuation,
    options.includeSpace === true ? TYPES.space : '',
  ];
  const allowed = types.map((type) =>
    Array.from(type, (character) => (excludeCharacters.includes(character) ? '' : character)).join(''),
  );
  return allowed.filter((type) => type !== '');
}

function randomOf(characters: string): string {
  return characters.charAt(randomInt(characters.length));
}

function shuffled(characters: readonly string[]): string[] {
  const result = [...characters];
  for (let last = result.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [result[last], result[other]] = [result[other] ?? '', result[last] ?? ''];
  }
  return result;
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message);
}
