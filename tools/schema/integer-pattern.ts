/**
 * A regular expression for the whole numbers from 1 to a maximum as text, with any number of zeros before: JSON Schema
 * has no other way to limit a number that is written as a string.
 *
 * @throws an error when the numbers begin elsewhere, which no property's do
 */
export function integerPattern(minimum: number, maximum: number): string {
  if (minimum !== 1) {
    throw new Error(`'minimum' must be 1, got: ${minimum}`);
  }
  const digits = Array.from(String(maximum), Number);
  const shorter = digits.slice(1).map((_, index) => `[1-9]${anyDigits(index)}`);
  // As long as the maximum, and less than it in one digit after a common beginning.
  const less = digits.flatMap((digit, index) => {
    const least = index === 0 ? 1 : 0;
    const beginning = digits.slice(0, index).join('');
    return digit > least ? [`${beginning}[${least}-${digit - 1}]${anyDigits(digits.length - index - 1)}`] : [];
  });
  return `^0*(${[...shorter, ...less, String(maximum)].join('|')})$`;
}

function anyDigits(count: number): string {
  return '[0-9]'.repeat(count);
}
