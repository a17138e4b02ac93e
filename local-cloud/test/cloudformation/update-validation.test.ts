import { ValidationError } from '../../src/cloudformation';
import { TestBed, templateOf } from './test-bed';

const STACK = 'validated';

test('fails when an update is not valid, and leaves the stack as it is', async () => {
  const { cloudFormation, events } = new TestBed();
  await cloudFormation.deploy({ stackName: STACK, template: templateOf({ A: {} }) });
  const before = events.length;
  const invalid = { stackName: STACK, template: templateOf({ A: { Value: { Ref: 'Missing' } } }) };
  await expect(cloudFormation.deploy(invalid)).rejects.toThrow(ValidationError);
  expect(() => cloudFormation.changeSet(invalid)).toThrow(ValidationError);
  expect(cloudFormation.describeStack(STACK)?.status).toBe('CREATE_COMPLETE');
  expect(events).toHaveLength(before);
});

test('fails when an update gives a resource another type', async () => {
  const { cloudFormation } = new TestBed();
  await cloudFormation.deploy({ stackName: STACK, template: templateOf({ A: {} }) });
  const template = templateOf({ A: { Type: 'Test::Other' } });
  await expect(cloudFormation.deploy({ stackName: STACK, template })).rejects.toThrow(
    'Update of resource type is not permitted. The new template modifies resource type of the following resources: [A]',
  );
});
