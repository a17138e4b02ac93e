import { parseTemplateText } from '@cdk-glue-connection-test/local-cloud';
import { CloudFormationRules, SOUNDS_SECRET } from '../tools/template/cloudformation-rules';
import { exampleText, ProvidedCloud } from './provided-cloud';
import { expandSam } from './sam';

jest.setTimeout(60_000);

const expanded = expandSam(parseTemplateText(exampleText('sam.yaml')));

let provided: ProvidedCloud;
beforeAll(async () => {
  provided = await ProvidedCloud.start();
});
beforeEach(() => provided.deployProvider());
afterEach(() => provided.deleteStacks('Reports'));
afterAll(() => provided.stop());

const deploy = (parameters: Record<string, string> = {}) =>
  provided.deploy(expanded, 'Reports', { JdbcUrl: provided.jdbcUrl, ...parameters });

test("the example for SAM, expanded as far as SAM's documentation says, is deployed with a function that has the connection", async () => {
  expect(await deploy()).toMatchObject({ status: 'CREATE_COMPLETE', outputs: { Outcome: 'PASSED' } });
  expect(provided.eventsOf('AWS::Lambda::Function')).toContain('CREATE_COMPLETE');
});

test('it fails when the password is wrong, and the function is not created', async () => {
  expect((await deploy({ SecretName: 'orders/wrong' })).status).toBe('ROLLBACK_COMPLETE');
  expect(provided.failure).toContain("Glue connection 'orders' failed its test: CREDENTIALS");
  expect(provided.eventsOf('AWS::Lambda::Function')).toEqual([]);
});

test("what it is expanded to is valid by CloudFormation's rules", () => {
  const rules = new CloudFormationRules();

  expect(rules.findingsIn(expanded).filter(({ ruleId }) => ruleId !== SOUNDS_SECRET)).toEqual([]);
});
