import { buildMonitored } from '../apps/monitored';
import { DeploymentOrder } from '../apps/deployment-order';

const order = new DeploymentOrder(buildMonitored().synth());
const idsOf = (type: string) => order.resources.filter(({ Type }) => Type === type).map(({ id }) => id);

test('in none of its forms a monitor waits for itself', () => {
  expect(order.cycle()).toBeUndefined();
});

test('a schedule waits for the tests of its stack, its role and what the function may do with it', () => {
  const schedule = idsOf('AWS::Scheduler::Schedule').find((id) => id.startsWith('Sources/Monitor'))!;
  const awaited = [
    ...idsOf('Custom::GlueConnectionTest').filter((id) => id.startsWith('Sources/Source')),
    ...idsOf('AWS::Scheduler::ScheduleGroup').filter((id) => id.startsWith('Sources/Monitor')),
    ...idsOf('AWS::IAM::ManagedPolicy').filter((id) => id.startsWith('Sources/Monitor')),
  ];

  expect(awaited).toHaveLength(14);
  expect(awaited.filter((id) => !order.waits(schedule, id))).toEqual([]);
});

test('the stack of a monitor waits for the stacks of its tests', () => {
  expect(['Sources', 'Network'].filter((stack) => !order.waits('Monitoring<', `${stack}>`))).toEqual([]);
});
