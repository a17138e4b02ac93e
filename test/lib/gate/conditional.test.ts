import { DeploymentOrder } from '../apps/deployment-order';
import { buildConditional } from '../apps/conditional';

const METADATA = 'cdk-glue-connection-test:waitsFor';
const order = new DeploymentOrder(buildConditional().synth());
const [test] = order.resources.filter(({ Type }) => Type === 'Custom::GlueConnectionTest');
const testId = test!.id.split('/')[1]!;
const resource = (id: string) =>
  order.resources.find((one) => one.id.split('/')[1]!.startsWith(id) && !one.Type.startsWith('AWS::IAM'))!;

describe('who waits for a test that is only there under a condition', () => {
  it.each(['Always', 'NestedNested'])('waits by a reference under this condition, never by DependsOn: %s', (id) => {
    expect(resource(id).DependsOn ?? []).not.toContain(testId);
    expect(resource(id).Metadata?.[METADATA]).toEqual([
      { 'Fn::If': ['WithOrders', { Ref: testId }, { Ref: 'AWS::NoValue' }] },
    ]);
  });

  it('waits by DependsOn where it is only there under the same', () => {
    expect(resource('Sometimes').DependsOn).toEqual([testId]);
    expect(resource('Sometimes').Metadata?.[METADATA]).toBeUndefined();
  });
});

it('the test itself waits so for what is only there under another condition', () => {
  expect(test).toMatchObject({ Condition: 'WithOrders' });
  expect(test!.DependsOn).toContain('Writer');
  expect(test!.DependsOn).not.toContain('Replica');
  expect(test!.Metadata?.[METADATA]).toEqual([
    { 'Fn::If': ['WithReplica', { Ref: 'Replica' }, { Ref: 'AWS::NoValue' }] },
  ]);
});

it('no DependsOn of the template names what may not be there', () => {
  for (const { DependsOn = [], Condition } of order.resources) {
    for (const id of [DependsOn].flat()) {
      const target = order.resources.find((one) => one.id.endsWith(`/${id}`))!;

      expect([undefined, Condition]).toContain(target.Condition);
    }
  }
});

it('who waits for nothing has no metadata, and nothing waits in circles', () => {
  expect(resource('Unrelated').Metadata?.[METADATA]).toBeUndefined();
  expect(order.cycle()).toBeUndefined();
});
