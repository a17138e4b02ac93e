import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { AwsStub, exception, output } from './aws-stub';
import { healthyNetwork } from './network/network';
import { BUNDLE } from './hosts';
import { REFUSED, scheduled } from './monitor/monitored';
import { ResponseStub } from './response-stub';
import { nameOf } from './sweep-resource/framework';
import { executionArn, haveMachine, MACHINE, swept } from './sweep-resource/step-functions';

/** Invokes the handler once, tells when it has ended, and then ends as soon as nothing is left to wait for. */
const PROGRAM = `
  const { handler } = require(${JSON.stringify(BUNDLE)});
  const { contextOf } = require(${JSON.stringify(path.join(__dirname, 'context.js'))});
  const context = contextOf('request', 900_000);
  void handler(JSON.parse(process.env.EVENT), context).then(() => console.log('ended at', Date.now()));
`;

const CONNECTION = {
  ConnectionProperties: { JDBC_CONNECTION_URL: 'jdbc:postgresql://db.example.com/orders' },
  PhysicalConnectionRequirements: { SubnetId: 'subnet-0a', SecurityGroupIdList: ['sg-glue'] },
};

let folder: string;
let aws: AwsStub;
let responses: ResponseStub;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-leftovers-'));
  [aws, responses] = await Promise.all([AwsStub.start(), ResponseStub.start()]);
  writeFileSync(path.join(folder, 'ca.pem'), responses.caCertificate);
});
afterAll(async () => {
  await Promise.all([aws.close(), responses.close()]);
  rmSync(folder, { recursive: true });
});

test.each([
  ['passes', 'Create', []],
  ['is broken', 'Update', [exception('InvalidInputException', 'no')]],
  ['does not answer', 'Create', [() => undefined]],
  ['is in a network that is looked at', 'Update', [exception('InvalidInputException', 'Connect timed out')]],
] as const)(
  'no timer and no socket is left when the connection %s (%s)',
  async (name, RequestType, replies) => {
    aws.network = healthyNetwork();
    aws.script('GetConnection', 'is in a network that is looked at', output({ Connection: CONNECTION }));
    aws.script('TestConnection', name, ...replies);
    const event = {
      RequestType,
      ResponseURL: responses.url(name.replaceAll(' ', '-')),
      StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Orders/1',
      RequestId: name,
      LogicalResourceId: 'Test',
      ResourceProperties: { ConnectionName: name, TimeoutSeconds: '1', MaxAttempts: '1' },
    };
    const log = await logOf(event);
    const endedAt = Number(/ended at (\d+)/.exec(log)?.[1]);
    expect(Date.now() - endedAt).toBeLessThan(500);
    const isLookedAt = name.includes('network');
    expect(aws.callsOf(/^DescribeSubnets$/)).toHaveLength(isLookedAt ? 1 : 0);
  },
  20_000,
);

test('nor after the run of a monitor, with a back-off and a connection that passes', async () => {
  aws.script('TestConnection', 'refused', REFUSED);
  const log = await logOf(scheduled(['refused', 'passes-too']));

  expect(Date.now() - Number(/ended at (\d+)/.exec(log)?.[1])).toBeLessThan(500);
  expect(aws.scheduler.names).toHaveLength(1);
});

test('nor after a sweep was asked for, and an earlier one stopped', async () => {
  haveMachine(aws, swept(), { polls: 0, running: [nameOf('earlier', '', '')] });
  const event = { RequestType: 'Update', RequestId: 'sweep', ResourceProperties: { StateMachineArn: MACHINE } };
  const started = await logOf(event);
  const waited = await logOf({ ...event, SweepExecution: { Arn: executionArn('deployment-sweep'), At: Date.now() } });

  expect(started).toContain('started arn:');
  expect(waited).toContain('PASSED');
  expect(Date.now() - Number(/ended at (\d+)/.exec(waited)?.[1])).toBeLessThan(500);
  expect(aws.callsOf(/^StopExecution$/)).toHaveLength(1);
});

/** What a process writes that invokes the handler, when it has ended by itself. */
async function logOf(event: object): Promise<string> {
  const child = spawn(process.execPath, ['-e', PROGRAM], {
    env: {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_ENDPOINT_URL: aws.url,
      NODE_EXTRA_CA_CERTS: path.join(folder, 'ca.pem'),
      EVENT: JSON.stringify(event),
    },
  });
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (log += chunk));
  await once(child, 'exit');
  return log;
}
