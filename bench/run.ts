import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import type { Benchmark, Row } from './benchmark';
import { bundle } from './bundle';
import { chartOf } from './chart';
import { cold } from './cold';
import { commandLine } from './command-line';
import { deployment } from './deployment';
import { describe, thisMachine, type Machine } from './machine';
import { synthesis } from './synthesis';
import { tableOf } from './table';
import { warm } from './warm';

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  ...{ cold, warm, bundle, synthesis, deployment },
  'command-line': commandLine,
};

const RESULTS = path.join(__dirname, 'results.json');
const CHART = path.join(__dirname, 'results.svg');
const README = path.join(__dirname, 'README.md');

/** What came of one benchmark, on which day and machine. */
export interface Result {
  readonly title: string;
  readonly date: string;
  readonly machine: Machine;
  readonly rows: readonly Row[];
}

type Results = Readonly<Record<string, Result>>;

/** `npm run bench`: all of them; `npm run bench -- NAME`: those that are named, the others' results stay. */
async function main(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const unknown = positionals.find((name) => !Object.hasOwn(BENCHMARKS, name));
  if (unknown !== undefined) {
    throw new Error(`expected names out of ${Object.keys(BENCHMARKS).join(', ')}, got: ${unknown}`);
  }
  const results = await measure(positionals.length > 0 ? positionals : Object.keys(BENCHMARKS));
  console.log(textOf(results));
  const known = existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as Results) : {};
  const all = { ...known, ...results };
  const inOrder = Object.keys(BENCHMARKS).flatMap((name): [string, Result][] => (all[name] ? [[name, all[name]]] : []));
  write(Object.fromEntries(inOrder));
}

async function measure(names: readonly string[]): Promise<Results> {
  const results: Record<string, Result> = {};
  for (const [name, benchmark] of Object.entries(BENCHMARKS).filter(([one]) => names.includes(one))) {
    const [began, machine] = [Date.now(), thisMachine()];
    const rows = await benchmark.measure((progress) => showProgress(`${name}: ${progress}`));
    showProgress('');
    console.error(`${name}: ${Math.round((Date.now() - began) / 1000)} s`);
    const date = new Date(began).toISOString().slice(0, 10);
    results[name] = { title: benchmark.title, date, machine, rows };
  }
  return results;
}

/** In the last line of a terminal. */
function showProgress(text: string): void {
  if (process.stderr.isTTY) {
    process.stderr.write(`\r\u001b[K${text}`);
  }
}

/** One table for each benchmark, below what it was measured with. */
function textOf(results: Results): string {
  let before = '';
  return Object.entries(results)
    .map(([name, { title, date, machine, rows }]) => {
      const surroundings = `Measured on ${date}: ${describe(machine)}.`;
      const said = surroundings === before ? '' : `${surroundings}\n\n`;
      before = surroundings;
      return `${said}**${name}**: ${title}\n\n${tableOf(rows)}`;
    })
    .join('\n\n');
}

function write(results: Results): void {
  writeFileSync(RESULTS, `${JSON.stringify(results, undefined, 2)}\n`);
  writeFileSync(CHART, chartOf(Object.values(results).flatMap(({ rows }) => rows)));
  const [begin, end] = ['<!-- results -->', '<!-- end of the results -->'];
  const [head = '', , tail = ''] = readFileSync(README, 'utf8').split(new RegExp(`${begin}|${end}`));
  writeFileSync(README, `${head}${begin}\n\n${textOf(results)}\n\n${end}${tail}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
