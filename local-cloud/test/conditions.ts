/** Tests that are skipped where the machine doesn't have what they need; `global-setup` says so, once. */
export const describeIf = (condition: boolean) => (condition ? describe : describe.skip);
