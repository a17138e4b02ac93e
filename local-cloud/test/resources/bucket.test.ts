import { LocalCloud } from '../../src/local-cloud';

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await LocalCloud.start();
});
afterAll(() => cloud.stop());

const deploy = (stackName: string, BucketName: string) =>
  cloud.deployTemplate({ Resources: { A: { Type: 'AWS::S3::Bucket', Properties: { BucketName } } } }, stackName);
const reasons = (stackName: string) =>
  cloud.cloudFormation.describeStackEvents(stackName).map(({ reason }) => reason ?? '');

test('fails when the name is taken, and leaves the bucket that has it', async () => {
  expect((await deploy('First', 'orders')).status).toBe('CREATE_COMPLETE');
  expect((await deploy('Second', 'orders')).status).toBe('ROLLBACK_COMPLETE');
  expect(reasons('Second')).toContain('orders already exists');
  expect((await cloud.cloudFormation.deleteStack('First'))?.status).toBe('DELETE_COMPLETE');
});

test.each(['Not_Valid', 'x', 'ends-with-'])('fails when its name is %s', async (name) => {
  expect((await deploy('Named', name)).status).toBe('ROLLBACK_COMPLETE');
  expect(reasons('Named')).toContain('The specified bucket is not valid.');
  await cloud.cloudFormation.deleteStack('Named');
});
