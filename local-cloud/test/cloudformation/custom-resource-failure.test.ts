import { failure, success, TestBed, templateOf } from './test-bed';

const STACK = 'failing-custom';
const MADE_UP_ID = /^failing-custom-A-[A-Z0-9]{12}$/;

function custom(properties: object = {}): Record<string, unknown> {
  return {
    Type: 'Custom::Test',
    ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:provider',
    ...properties,
  };
}

test('fails when the provider fails to create: the id of the failure is deleted, while the stack says that it is rolled back', async () => {
  const bed = new TestBed();
  const statuses: unknown[] = [];
  bed.answer = (event) => {
    statuses.push(bed.cloudFormation.describeStack(event.StackId)?.status);
    if (event.RequestType !== 'Create') {
      return success(event);
    }
    return { ...failure(event, 'no such thing'), PhysicalResourceId: 'of-the-failure' };
  };
  const result = await bed.cloudFormation.deploy({ stackName: STACK, template: templateOf({ A: custom() }) });
  const requestId = bed.customResourceEvents[0]?.RequestId ?? '';
  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(bed.history).toContain(
    `A CREATE_FAILED (Received response status [FAILED] from custom resource. Message returned: no such thing (RequestId: ${requestId}))`,
  );
  expect(bed.customResourceEvents[1]).toMatchObject({ RequestType: 'Delete', PhysicalResourceId: 'of-the-failure' });
  expect(statuses).toEqual(['CREATE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS']);
  expect(bed.history).toContain('A CREATE_IN_PROGRESS (Resource creation Initiated)');
  await bed.cloudFormation.close();
});

test('fails when the provider fails to update: it is asked to go back, while the stack says that it is rolled back', async () => {
  const bed = await new TestBed().given(STACK, { A: custom({ Size: 1 }) });
  const statuses: unknown[] = [];
  bed.answer = (event) => {
    statuses.push(bed.cloudFormation.describeStack(event.StackId)?.status);
    return statuses.length === 1 ? failure(event) : success(event);
  };
  const result = await bed.cloudFormation.deploy({
    stackName: STACK,
    template: templateOf({ A: custom({ Size: 2 }) }),
  });
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(statuses).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS']);
  expect(bed.customResourceEvents.slice(1)).toMatchObject([
    { RequestType: 'Update', ResourceProperties: { Size: '2' }, OldResourceProperties: { Size: '1' } },
    { RequestType: 'Update', ResourceProperties: { Size: '1' }, OldResourceProperties: { Size: '2' } },
  ]);
  await bed.cloudFormation.close();
});

test('fails when the provider fails to go back, too', async () => {
  const bed = await new TestBed().given(STACK, { A: custom({ Size: 1 }) });
  bed.answer = (event) => failure(event);
  const result = await bed.cloudFormation.deploy({
    stackName: STACK,
    template: templateOf({ A: custom({ Size: 2 }) }),
  });
  expect(result).toMatchObject({
    status: 'UPDATE_ROLLBACK_FAILED',
    statusReason: 'The following resource(s) failed to update: [A]. ',
  });
  await bed.cloudFormation.close();
});

test('fails when the provider does not answer within the ServiceTimeout: an id that CloudFormation made up is deleted', async () => {
  const bed = new TestBed();
  bed.answer = (event) => (event.RequestType === 'Create' ? undefined : success(event));
  const started = Date.now();
  const template = templateOf({ A: custom({ ServiceTimeout: '1' }) });
  const result = await bed.cloudFormation.deploy({ stackName: STACK, template });
  expect(Date.now() - started).toBeGreaterThanOrEqual(990);
  const requestId = bed.customResourceEvents[0]?.RequestId ?? '';
  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(bed.history).toContain(
    `A CREATE_FAILED (CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${requestId}]. If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.)`,
  );
  expect(bed.history).not.toContain('A CREATE_IN_PROGRESS (Resource creation Initiated)');
  expect(bed.customResourceEvents[1]).toMatchObject({
    RequestType: 'Delete',
    PhysicalResourceId: expect.stringMatching(MADE_UP_ID) as string,
  });
  await bed.cloudFormation.close();
});

test('fails when the provider does not answer for an hour, if no ServiceTimeout is given; a later answer has no effect', async () => {
  const waited: number[] = [];
  const bed = new TestBed({
    sleep: (milliseconds) => {
      waited.push(milliseconds);
      return Promise.resolve();
    },
  });
  bed.answer = () => undefined;
  const result = await bed.cloudFormation.deploy({ stackName: STACK, template: templateOf({ A: custom() }) });
  expect(result.status).toBe('ROLLBACK_FAILED');
  expect(waited).toEqual([3_600_000, 3_600_000]);
  const event = await bed.firstRequest();
  expect(await bed.put(event.ResponseURL, '{}', { 'content-length': 2 })).toBe(200);
  expect(bed.cloudFormation.answers).toMatchObject([{ requestId: event.RequestId, accepted: false }]);
  await bed.cloudFormation.close();
});

test('a creation is cancelled when another resource fails: the provider is asked to delete an id that it never gave', async () => {
  const bed = new TestBed();
  bed.answer = (event) => (event.RequestType === 'Create' ? undefined : success(event));
  bed.resources.failing.add('create Broken');
  const release = bed.resources.hold('create Broken');
  const deployment = bed.cloudFormation.deploy({ stackName: STACK, template: templateOf({ A: custom(), Broken: {} }) });
  await bed.firstRequest();
  release();
  expect((await deployment).status).toBe('ROLLBACK_COMPLETE');
  expect(bed.history).toContain('A CREATE_FAILED (Resource creation cancelled)');
  expect(bed.customResourceEvents[1]).toMatchObject({
    RequestType: 'Delete',
    PhysicalResourceId: expect.stringMatching(MADE_UP_ID) as string,
  });
  await bed.cloudFormation.close();
});

test('the clock stops when the provider has answered', async () => {
  const signals: AbortSignal[] = [];
  const bed = new TestBed({
    sleep: (_milliseconds, signal) => {
      signals.push(signal);
      return new Promise(() => undefined);
    },
  });
  await bed.given(STACK, { A: custom() });
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  await bed.cloudFormation.close();
});
