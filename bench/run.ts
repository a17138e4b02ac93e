import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark';
import { bundle } from './bundle';
import { cold } from './cold';
import { describe, thisMachine } from './machine';
import { tableOf } from './table';
import { warm } from './warm';

const BENCHMARKS: Readonly<Record<string, Benchmark>> = { cold, warm, bundle };

/** `npm run bench`: all of them; `npm run bench -- NAME`: those that are named. */
async function main(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const names = positionals.length > 0 ? positionals : Object.keys(BENCHMARKS);
  const machine = thisMachine();
  console.log(describe(machine));
  for (const name of names) {
    const benchmark = BENCHMARKS[name];
    if (benchmark === undefined) {
      throw new Error(`expected names of ${Object.keys(BENCHMARKS).join(', ')}, got: ${name}`);
    }
    const rows = await benchmark.measure(() => undefined);
    console.log(tableOf(rows));
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
