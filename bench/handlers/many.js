// A warm function: loads the handler argv[2] and calls its export argv[3] with one event after the other, as many as
// argv[5] says after argv[4] that warm it up, argv[6] at once. Writes what that took.
require('./response-port.js');
const { readFileSync, writeSync } = require('node:fs');
const { setTimeout } = require('node:timers/promises');

const [, , file, name, warmUp, count, atOnce] = process.argv;
const text = readFileSync(0, 'utf8');
const log = (...values) => require('node:util').format(...values);
for (const method of ['log', 'info', 'warn', 'error']) {
  console[method] = log;
}
process.stdout.write = () => true;

const handler = require(file)[name];
let sequence = 0;
let collections = 0;
new PerformanceObserver((list) => (collections += list.getEntries().length)).observe({ entryTypes: ['gc'] });

async function run(events) {
  const lanes = Array.from({ length: Number(atOnce) }, () => runOneByOne(events / Number(atOnce)));
  await Promise.all(lanes);
}

async function runOneByOne(events) {
  for (let index = 0; index < events; index++) {
    const id = `event-${++sequence}`;
    const event = JSON.parse(text.replaceAll('EVENT_ID', id));
    const deadline = Date.now() + 900_000;
    await handler(event, {
      awsRequestId: id,
      functionName: 'handler',
      logGroupName: 'the-log-group',
      logStreamName: 'the-log-stream',
      getRemainingTimeInMillis: () => deadline - Date.now(),
    });
  }
}

async function measure() {
  await run(Number(warmUp));
  globalThis.gc?.();
  // Until what has ended is closed, and the observer has heard of the collection.
  await setTimeout(50);
  collections = 0;
  const heap = process.memoryUsage().heapUsed;
  const cpu = process.cpuUsage();
  const began = performance.now();
  await run(Number(count));
  const milliseconds = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  const allocated = process.memoryUsage().heapUsed - heap;
  await setTimeout(50);
  const collected = collections;
  globalThis.gc?.();
  const retained = process.memoryUsage().heapUsed - heap;
  const figures = { milliseconds, cpuMs: (user + system) / 1000, allocated, retained, collected };
  writeSync(1, JSON.stringify(figures));
  process.exit();
}

void measure();
