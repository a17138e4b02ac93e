import * as fc from 'fast-check';
import { DeploymentOrder, isDeployable } from '../apps/deployment-order';
import { mostAtOnce } from '../apps/most-at-once';
import { appPlan, buildApp } from '../apps/random-app';

/** For the mutants, of which each needs them anew, fewer do. */
const RUNS = Math.ceil(Number(process.env.RANDOM_APPS ?? 50) / 4);

beforeAll(() => {
  // What aws-cdk-lib itself has to say of the templates is not what is asked here, and takes most of the time.
  process.env.CDK_VALIDATION = 'false';
});

afterAll(() => {
  delete process.env.CDK_VALIDATION;
});

test(`in ${RUNS} random apps with lanes, no cycle is made, and in no stack more tests run at once than may`, () => {
  const seen = { stacks: 0, full: 0 };
  fc.assert(
    fc.property(appPlan({ connections: 12 }), fc.integer({ min: 1, max: 4 }), (plan, maxConcurrency) => {
      // Some have cycles of their own.
      fc.pre(isDeployable(() => buildApp(plan, { applyTests: false, maxConcurrency: undefined })));
      const order = new DeploymentOrder(buildApp(plan, { applyTests: true, maxConcurrency }).synth());

      expect(order.cycle()).toBeUndefined();
      for (const tests of Object.values(testsByStack(order))) {
        const most = mostAtOnce(tests, (one, other) => order.waits(one, other));
        seen.stacks += 1;
        seen.full += most === maxConcurrency ? 1 : 0;

        expect(most).toBeLessThanOrEqual(maxConcurrency);
      }
    }),
    { numRuns: RUNS, seed: 20_261_130 },
  );
  console.info(`${seen.stacks} stacks: in ${seen.full} of them, as many tests may run at once as are allowed`);
  expect(seen.full).toBeGreaterThan(RUNS / 4);
}, 900_000);

function testsByStack(order: DeploymentOrder): Record<string, string[]> {
  const stacks: Record<string, string[]> = {};
  for (const { id } of order.resources.filter(({ Type }) => Type === 'Custom::GlueConnectionTest')) {
    (stacks[id.slice(0, id.lastIndexOf('/'))] ??= []).push(id);
  }
  return stacks;
}
