import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { readWish } from '../../../lambda/monitor/event';
import { isSameSecret } from '../../../lambda/monitor/secret';
import { ConnectionMonitor } from '../../../lib/index';
import { createStack, onlyResourceOf } from '../harness';
import { createTest, createTestOfConnection, inJson, RULE, SCHEDULE } from './monitor-harness';

const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:';

/** What CloudFormation would put in the place of references. */
function deployed(text: string): object {
  const replaced = text.replace(/\$\{([\w:.]+)\}/g, (_, name: string) => {
    switch (name) {
      case 'AWS::StackId':
        return 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Stack/0a1b2c3d';
      case 'AWS::Partition':
        return 'aws';
      default:
        return name.endsWith('.Arn')
          ? `arn:aws:iam::111122223333:role/Stack-${name.slice(0, -4)}`
          : name.startsWith('Secret')
            ? `${ARN}Secret-a1B2c3`
            : `stack-${name.toLowerCase()}`;
    }
  });
  return JSON.parse(replaced) as object;
}

test('the function takes what the schedule and the rule send, and finds the secrets in it', () => {
  const stack = createStack({ env: { account: '111122223333', region: 'eu-west-1' } });
  const { Secret } = secretsmanager;
  const tests = [
    createTestOfConnection(stack, 'Orders', new Secret(stack, 'Secret')),
    createTest(stack, 'byName', { secret: Secret.fromSecretNameV2(stack, 'Name', 'orders/db') }),
    createTest(stack, 'byPartialArn', { secret: Secret.fromSecretPartialArn(stack, 'Partial', `${ARN}stock`) }),
    createTest(stack, 'none', { metrics: false, networkDiagnosis: false, maxAttempts: 2 }),
  ];
  new ConnectionMonitor(stack, 'Monitor', { tests });

  const { Input } = onlyResourceOf(stack, SCHEDULE).Properties.Target as { Input: unknown };
  const sent = readWish(deployed(inJson(Input)));
  expect(sent).toMatchObject({
    kind: 'TEST',
    settings: { intervalMs: 3_600_000, maxConcurrency: 10 },
    run: { problems: [], connections: [{}, { connectionName: 'byName' }, { connectionName: 'byPartialArn' }, {}] },
  });
  const connections = sent.kind === 'TEST' ? sent.run.connections : [];
  const withSecret = (arn: string) =>
    connections
      .filter(({ secrets }) => secrets.some((id) => isSameSecret(arn, id)))
      .map(({ connectionName }) => connectionName);
  expect(withSecret(`${ARN}Secret-a1B2c3`)).toEqual([expect.stringMatching(/^stack-orders/)]);
  expect(withSecret(`${ARN}orders/db-x9Y8z7`)).toEqual(['byName']);
  // What the rule's pattern finds beside it.
  expect(withSecret(`${ARN}orders/db-archive-x9Y8z7`)).toEqual([]);
  expect(withSecret(`${ARN}stock-x9Y8z7`)).toEqual(['byPartialArn']);

  const [{ InputTransformer } = {} as never] = onlyResourceOf(stack, RULE).Properties.Targets as {
    InputTransformer: { InputTemplate: unknown };
  }[];
  const changed = inJson(InputTransformer.InputTemplate).replace(/<\w+>/, `["${ARN}orders/db-x9Y8z7"]`);
  expect(readWish(deployed(changed))).toMatchObject({ kind: 'PLAN', secrets: [`${ARN}orders/db-x9Y8z7`] });
});
