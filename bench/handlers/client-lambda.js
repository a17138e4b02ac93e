// Stands in for the client of Lambda, of which the provider framework uses one call: the function is a process that
// starts, with its own handler, and ends. It loads nothing of the SDK, and so shows less than what the framework takes.
const { execFile } = require('node:child_process');
const path = require('node:path');

exports.Lambda = class {
  invoke({ FunctionName, Payload }) {
    const program = path.join(process.env.NODE_PATH, 'once.js');
    return new Promise((resolve, reject) => {
      const child = execFile(
        process.execPath,
        [program, FunctionName, 'handler'],
        { env: process.env },
        (error, out) => (error ? reject(error) : resolve(answerOf(JSON.parse(out)))),
      );
      child.stdin.end(Payload);
    });
  }
};

function answerOf({ result, peakBytes }) {
  process.env.PEAK_BYTES_OF_OTHERS = String(peakBytes);
  return { StatusCode: 200, Payload: Buffer.from(JSON.stringify(result ?? null)) };
}
