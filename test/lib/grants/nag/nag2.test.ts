import { App, Aspects, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  NagSuppressions,
  NIST80053R4Checks,
  NIST80053R5Checks,
  PCIDSS321Checks,
  ServerlessChecks,
  type NagPack,
} from 'cdk-nag-2';
import { ConnectionTarget, ConnectionTest, ConnectionTests } from '../../../../lib/index';
import { createConnection } from '../../harness';
import { createEveryOption } from '../../nag-app';
import { ownResources } from './nag-findings';

/** What a pack finds on resources that a test or a provider has made: the rules and the resources' paths. */
function findingsOf(app: App, pack: NagPack): string[] {
  Aspects.of(app).add(pack);
  const own = new Set(ownResources(app).map(({ node }) => `/${node.path}`));
  const stacks = app.node.findAll().filter((construct) => Stack.isStack(construct));
  return stacks
    .flatMap((stack) => [
      ...Annotations.fromStack(stack).findError('*', Match.anyValue()),
      ...Annotations.fromStack(stack).findWarning('*', Match.anyValue()),
    ])
    .filter(({ id }) => own.has(id))
    .map(({ id, entry }) => `${(entry.data as string).split(':')[0]} ${id}`);
}

test('of AwsSolutions, cdk-nag 2 finds nothing on what these constructs make', () => {
  expect(findingsOf(createEveryOption(), new AwsSolutionsChecks())).toEqual([]);
});

// What these packs find is for users to judge.
test.each<[string, NagPack]>([
  ['HIPAA.Security', new HIPAASecurityChecks()],
  ['NIST.800.53.R4', new NIST80053R4Checks()],
  ['NIST.800.53.R5', new NIST80053R5Checks()],
  ['PCI.DSS.321', new PCIDSS321Checks()],
  ['Serverless', new ServerlessChecks()],
])('of %s, nothing is suppressed for cdk-nag 2', (_, pack) => {
  const app = new App();
  const target = ConnectionTarget.fromName('orders', { inVpc: true, hasSecret: false });
  new ConnectionTest(new Stack(app, 'Stack'), 'Test', { target });

  expect(findingsOf(app, pack).length).toBeGreaterThan(0);
});

test('one line leaves an app that passes AwsSolutions without an error', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const vpc = new ec2.Vpc(stack, 'Vpc');
  createConnection(stack, 'Orders', { network: glue.ConnectionNetwork.vpc(vpc) });
  NagSuppressions.addResourceSuppressions(vpc, [{ id: 'AwsSolutions-VPC7', reason: 'a network for this test only' }]);
  ConnectionTests.applyTo(app);
  Aspects.of(app).add(new AwsSolutionsChecks());

  Annotations.fromStack(stack).hasNoError('*', Match.stringLikeRegexp('AwsSolutions'));
});

test("suppressions of a user's own are kept beside ours, before and after", () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const policies = () =>
    app.node.findAll().filter(({ node }) => node.id === 'Policy' && node.path.includes('Provider'));
  const create = (name: string) =>
    new ConnectionTest(stack, name, { target: ConnectionTarget.fromName(name, { inVpc: true, hasSecret: false }) });
  create('one*');
  NagSuppressions.addResourceSuppressions(policies()[0]!, [
    { id: 'AwsSolutions-IAM4', reason: 'a reason of the user' },
  ]);
  create('two*');

  expect(findingsOf(app, new AwsSolutionsChecks())).toEqual([]);
});

test('the template shows nothing of it', () => {
  const stack = new Stack();
  new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromName('orders', { inVpc: true, hasSecret: false }) });

  expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toContain('cdk_nag');
});
