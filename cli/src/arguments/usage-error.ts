/** What keeps the tests from being run, in one sentence. The program prints it and exits with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
