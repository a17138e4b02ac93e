// A cold start: loads the handler argv[2], calls its export argv[3] once with the event that it reads, and writes what
// that took. Times are in milliseconds since 1970.
require('./response-port.js');
const { readFileSync, writeSync } = require('node:fs');

const now = () => performance.timeOrigin + performance.now();
const [, , file, name] = process.argv;
const event = JSON.parse(readFileSync(0, 'utf8'));
const deadline = Date.now() + 900_000;
const context = {
  awsRequestId: event.RequestId,
  functionName: 'handler',
  logGroupName: 'the-log-group',
  logStreamName: 'the-log-stream',
  getRemainingTimeInMillis: () => deadline - Date.now(),
};
// The log goes nowhere: standard output is for the figures.
const log = (...values) => require('node:util').format(...values);
for (const method of ['log', 'info', 'warn', 'error']) {
  console[method] = log;
}
process.stdout.write = () => true;

const began = now();
const handler = require(file)[name];
const loaded = now();
handler(event, context).then((result) => {
  const ended = now();
  const peakBytes = process.resourceUsage().maxRSS * 1024 + Number(process.env.PEAK_BYTES_OF_OTHERS ?? 0);
  const cpu = process.cpuUsage();
  const cpuMs = (cpu.user + cpu.system) / 1000;
  const figures = { started: performance.timeOrigin, began, loaded, ended, cpuMs, peakBytes, result };
  writeSync(1, JSON.stringify(figures));
  process.exit();
});
