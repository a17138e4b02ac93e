import { parseTemplateText } from '@cdk-glue-connection-test/local-cloud';
import { providerTemplate } from '../tools/template/built';
import { exampleText, ProvidedCloud } from './provided-cloud';

jest.setTimeout(60_000);

interface StackSetTemplate {
  readonly Resources: {
    readonly Providers: {
      readonly Properties: {
        readonly Parameters: readonly { readonly ParameterKey: string; readonly ParameterValue: string }[];
      };
    };
  };
}

const stackSet = parseTemplateText(exampleText('stack-set.yaml')) as StackSetTemplate;
const users = parseTemplateText(exampleText('cloudformation.yaml'));

/** What each account and Region gets. */
const parameters = Object.fromEntries(
  stackSet.Resources.Providers.Properties.Parameters.map(({ ParameterKey, ParameterValue }) => [
    ParameterKey,
    ParameterValue,
  ]),
);

let provided: ProvidedCloud;
beforeAll(async () => {
  provided = await ProvidedCloud.start();
});
afterEach(() => provided.deleteStacks('Orders', 'StackSet'));
afterAll(() => provided.stop());

function deployStackSet(templateUrl: string) {
  return provided.deploy(stackSet, 'StackSet', {
    TemplateUrl: templateUrl,
    OrganizationalUnits: 'ou-ab12-34567890',
    Regions: 'eu-west-1,us-east-1',
  });
}

test('the example of a stack set is deployed, as far as a stack set is modelled here: as a record without stacks', async () => {
  const { status } = await deployStackSet('https://bucket.s3.eu-west-1.amazonaws.com/provider.template.json');

  expect(status).toBe('CREATE_COMPLETE');
});

test.each(['provider.template.json', 's3://bucket/provider.template.json'])(
  'it fails when the template is at %s',
  async (templateUrl) => {
    await expect(deployStackSet(templateUrl)).rejects.toThrow('must be the https address of an object in S3');
  },
);

test("the parameters that it gives are the template's", () => {
  expect(Object.keys(providerTemplate().Parameters)).toEqual(expect.arrayContaining(Object.keys(parameters)));
});

test('a provider with its parameters tests the connections that they name', async () => {
  expect((await provided.deployProvider(parameters)).status).toBe('CREATE_COMPLETE');
  const deployOrders = (secretName: string) =>
    provided.deploy(users, 'Orders', {
      JdbcUrl: provided.jdbcUrl,
      SecretName: secretName,
      JobRoleArn: 'arn:aws:iam::111122223333:role/glue',
    });

  expect((await deployOrders('orders/database')).status).toBe('CREATE_COMPLETE');
});
