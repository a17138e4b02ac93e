const { promises } = require('node:dns');

/** Answers for DNS, by a table of names: addresses, or silence. Each other name is unknown. */
exports.installDns = (table) => {
  const answer = async (name, isOfFamily) => {
    const addresses = table[name];
    if (addresses === 'SILENCE') {
      throw Object.assign(new Error('silence'), { code: 'ETIMEOUT' });
    }
    if (addresses === undefined) {
      throw Object.assign(new Error('unknown'), { code: 'ENOTFOUND' });
    }
    const found = addresses.filter(isOfFamily);
    if (found.length === 0) {
      throw Object.assign(new Error('no data'), { code: 'ENODATA' });
    }
    return found;
  };
  promises.Resolver.prototype.resolve4 = (name) => answer(name, (address) => !address.includes(':'));
  promises.Resolver.prototype.resolve6 = (name) => answer(name, (address) => address.includes(':'));
};
