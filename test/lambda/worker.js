// Runs the handler as Lambda's Node.js does, but for any number of events at once: argv[2] is the bundle.
// With RANDOM, chance is that number, before the bundle can look at it.
if (process.env.RANDOM !== undefined) {
  Math.random = () => Number(process.env.RANDOM);
}
// With DNS, that is all that names stand for.
if (process.env.DNS !== undefined) {
  require('./fake-dns').installDns(JSON.parse(process.env.DNS));
}
const { contextOf, thrown } = require('./context');
const { handler } = require(process.argv[2]);

process.on('message', ({ id, event, remainingMs }) => {
  handler(event, contextOf(id, remainingMs)).then(
    (result) => process.send({ id, result }),
    (error) => process.send({ id, ...thrown(error) }),
  );
});
process.on('disconnect', () => process.exit());
process.send('ready');
