import { createInterface } from 'node:readline/promises';

/** Asks for the code of an MFA device that a profile requires. */
export async function askForMfaCode(serial: string): Promise<string> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new Error(`the profile requires a code of the MFA device ${serial}, which only a terminal can ask for`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`MFA code of ${serial}: `)).trim();
  } finally {
    terminal.close();
  }
}
