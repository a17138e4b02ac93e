import { createInterface } from 'node:readline/promises';
import type { Options } from './arguments';
import { budgetOf, LIMIT, pad } from './budget';
import { step, type StepId } from './steps';
import type { Unknown } from './unknowns/unknown';

/** What a run is about to do, line by line. */
export function announce(
  account: string,
  { region, profile, store }: Options,
  unknowns: readonly Unknown[],
  steps: readonly StepId[],
): string[] {
  const { lines, centsPerHour } = budgetOf(steps, store !== undefined);
  const stacks = [...new Set(steps.map((id) => step(id).stack))];
  return [
    `Account ${account}, Region ${region}${profile === undefined ? '' : `, profile ${profile}`}.`,
    '',
    `It asks ${unknowns.length} questions: ${unknowns.map(({ id }) => id).join(', ')}.`,
    `It creates ${stacks.length} stacks, deletes them in the end, and changes nothing else: ${stacks.join(', ')}.`,
    '',
    `It costs less than $0.${pad(centsPerHour)} an hour, and never more than $${LIMIT / 100}:`,
    ...lines.map((line) => `  ${line}`),
    '',
    "What stays: the function's code in the bootstrap bucket, metrics until they expire, and the log group",
    '/aws-glue/testconnection, if Glue makes it.',
    '',
  ];
}

/** @returns whether the account's number was typed */
export async function isConfirmed(account: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new Error("nobody can be asked here: confirm by '--yes'");
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(`Type the account's number to begin: `)).trim() === account;
  } finally {
    terminal.close();
  }
}
