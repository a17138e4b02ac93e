import { InvalidArgumentError } from 'commander';

/** The longest time that one connection may take, in seconds. */
const MAX_SECONDS = 3_600;

const SECONDS_OF: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3_600 };

/** Reads a time such as `90`, `90s` or `5m`, in seconds. */
export function duration(given: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,6})\s?([smh]?)$/i.exec(given) ?? [];
  const seconds = Number(digits) * (SECONDS_OF[unit.toLowerCase()] ?? 0);
  if (seconds < 1 || seconds > MAX_SECONDS) {
    throw new InvalidArgumentError(`Must be a time from 1s to 1h, such as 90s or 5m.`);
  }
  return seconds;
}

/** Reads a whole number within these limits. */
export function wholeNumber(least: number, most: number) {
  return (given: string): number => {
    const value = /^\d{1,6}$/.test(given) ? Number(given) : NaN;
    if (!(value >= least && value <= most)) {
      throw new InvalidArgumentError(`Must be a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

/** Reads the ARN of a role. */
export function roleArn(given: string): string {
  if (!/^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/.test(given)) {
    throw new InvalidArgumentError("Must be a role's ARN, such as arn:aws:iam::111122223333:role/Tests.");
  }
  return given;
}

/** Reads a text that may not be empty. Commander takes an option for the value of the one before it. */
export function text(given: string): string {
  if (given.trim() === '' || /^--[a-z]/.test(given)) {
    throw new InvalidArgumentError('Needs a value');
  }
  return given;
}
