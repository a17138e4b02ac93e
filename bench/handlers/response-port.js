// CloudFormation's response URLs have no port, and handlers other than ours pass none on. Without loading `https` before
// the handler does, its requests go to the port RESPONSE_PORT.
const Module = require('node:module');

const load = Module._load;
Module._load = function (name, ...rest) {
  const loaded = load.call(this, name, ...rest);
  if (/^(node:)?https$/.test(name)) {
    Module._load = load;
    const { request } = loaded;
    loaded.request = (target, ...others) =>
      request(isWithoutPort(target) ? { ...target, port: process.env.RESPONSE_PORT } : target, ...others);
  }
  return loaded;
};

function isWithoutPort(target) {
  return typeof target === 'object' && !(target instanceof URL) && target.port === undefined;
}
