const NodeEnvironment = require('@stryker-mutator/jest-runner/jest-env/node');

/** Leaves out the rest of a file after the first test that fails: the mutant is killed, and Jest knows no such option. */
module.exports = class extends NodeEnvironment {
  handleTestEvent({ name, test }, { rootDescribeBlock }) {
    if (name === 'hook_failure' || (name === 'test_done' && test.errors.length > 0)) {
      skipUnstarted(rootDescribeBlock);
    }
  }
};

function skipUnstarted({ children }) {
  for (const child of children) {
    if (child.type === 'describeBlock') {
      skipUnstarted(child);
    } else if (!child.startedAt) {
      child.mode = 'skip';
    }
  }
}
