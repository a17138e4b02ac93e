import packageJson from '../../package.json';
import cdkPackage from 'aws-cdk-lib/package.json';
import constructsPackage from 'constructs/package.json';

const { peerDependencies } = packageJson;

// `npm run test:latest-cdk` runs the tests with the newest ones, and not this one.
test('the tests run with the lowest versions that the package supports', () => {
  expect({ 'aws-cdk-lib': `^${cdkPackage.version}`, constructs: `^${constructsPackage.version}` }).toEqual(
    peerDependencies,
  );
});
