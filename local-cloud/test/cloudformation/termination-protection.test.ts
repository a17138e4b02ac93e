import { nested, NestedBed } from './nested-bed';
import { TestBed, templateOf } from './test-bed';

const STACK = 'protected';

test('fails when a protected stack is deleted: nothing happens, until protection is disabled', async () => {
  const bed = await new TestBed().given(STACK, { A: {} });
  const { stackId } = bed.cloudFormation.describeStack(STACK)!;
  expect(bed.cloudFormation.describeStack(STACK)?.enableTerminationProtection).toBe(false);
  expect(bed.cloudFormation.updateTerminationProtection(STACK, true)).toBe(stackId);
  expect(bed.cloudFormation.describeStack(STACK)?.enableTerminationProtection).toBe(true);
  await expect(bed.cloudFormation.deleteStack(STACK)).rejects.toThrow(
    `Stack [${STACK}] cannot be deleted while TerminationProtection is enabled`,
  );
  expect(bed.history).toEqual([]);
  expect(bed.cloudFormation.describeStack(STACK)?.status).toBe('CREATE_COMPLETE');

  bed.cloudFormation.updateTerminationProtection(stackId, false);
  expect((await bed.cloudFormation.deleteStack(STACK))?.status).toBe('DELETE_COMPLETE');
});

test('fails when the stack does not exist, is deleted or is being deleted', async () => {
  const bed = await new TestBed().given(STACK, { A: {} });
  const protect = (name: string) => () => bed.cloudFormation.updateTerminationProtection(name, true);
  expect(protect('nowhere')).toThrow('Stack [nowhere] does not exist');
  const { stackId } = bed.cloudFormation.describeStack(STACK)!;
  const release = bed.resources.hold('delete A');
  const deletion = bed.cloudFormation.deleteStack(STACK);
  expect(protect(STACK)).toThrow(/DELETE_IN_PROGRESS/);
  release();
  await deletion;
  expect(protect(stackId)).toThrow(/DELETE_COMPLETE/);
});

test('nested stacks have the protection of their root; an update may delete them nevertheless', async () => {
  const bed = new NestedBed({
    inner: templateOf({ Innermost: nested('innermost') }),
    innermost: templateOf({ A: {} }),
  });
  const stackName = 'outer';
  await bed.cloudFormation.deploy({ stackName, template: templateOf({ Nested: nested('inner'), Other: {} }) });
  const innermostId = bed.nestedId('Innermost', bed.nestedId());
  expect(() => bed.cloudFormation.updateTerminationProtection(innermostId, true)).toThrow(/is a nested stack/);

  bed.cloudFormation.updateTerminationProtection(stackName, true);
  expect(bed.cloudFormation.describeStack(innermostId)).toMatchObject({
    enableTerminationProtection: true,
    parentId: bed.nestedId(),
    rootId: bed.cloudFormation.describeStack(stackName)?.stackId,
  });
  await expect(bed.cloudFormation.deleteStack(innermostId)).rejects.toThrow(/TerminationProtection is enabled/);
  await bed.cloudFormation.deploy({ stackName, template: templateOf({ Other: {} }) });
  expect(bed.statusOf(innermostId)).toBe('DELETE_COMPLETE');
});
