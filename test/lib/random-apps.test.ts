import type { App } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { DeploymentOrder } from './apps/deployment-order';
import { APP_PLAN, buildApp, type AppPlan } from './apps/random-app';

/** For the mutants, of which each needs them anew, fewer do. */
const RUNS = Number(process.env.RANDOM_APPS ?? 1_000);

beforeAll(() => {
  // What aws-cdk-lib itself has to say of the templates is not what is asked here, and takes most of the time.
  process.env.CDK_VALIDATION = 'false';
});

afterAll(() => {
  delete process.env.CDK_VALIDATION;
});

test(`in ${RUNS} random apps, every user of a connection waits, no cycle is made, and two syntheses are equal`, () => {
  const seen = { apps: 0, waiting: 0, warned: 0 };
  fc.assert(
    fc.property(APP_PLAN, (plan) => {
      fc.pre(!hasCycle(plan));
      const { order, warnings } = synthesize(buildApp(plan, { applyTests: true }));
      seen.apps += 1;

      expect(order.cycle()).toBeUndefined();
      for (const { user, test } of usersAndTests(plan, order)) {
        const waits = order.waits(user, test);
        seen[waits ? 'waiting' : 'warned'] += 1;
        if (!waits) {
          expect(warnings.some((text) => text.includes('does not wait for the test'))).toBe(true);
          // Waiting would have closed a cycle.
          expect(order.waits(test, user) || order.waits(`${stackOf(test)}<`, `${stackOf(user)}>`)).toBe(true);
        }
      }
      expect(synthesize(buildApp(plan, { applyTests: true })).order.templates).toEqual(order.templates);
    }),
    { numRuns: RUNS, seed: 20_261_124 },
  );
  console.info(`${seen.apps} apps: ${seen.waiting} users wait for a test; ${seen.warned} can't, and a warning says so`);
  expect(seen.apps).toBeGreaterThanOrEqual(RUNS);
  expect(seen.waiting).toBeGreaterThan(RUNS);
  expect(seen.warned).toBeGreaterThan(RUNS / 50);
}, 300_000);

/** Whether the user wrote one, or what the CDK refuses. */
function hasCycle(plan: AppPlan): boolean {
  try {
    return synthesize(buildApp(plan, { applyTests: false })).order.cycle() !== undefined;
  } catch {
    return true;
  }
}

function synthesize(app: App) {
  const assembly = app.synth();
  const warnings = assembly.stacks.flatMap(({ messages }) => messages.map(({ entry }) => JSON.stringify(entry.data)));
  return { order: new DeploymentOrder(assembly), warnings };
}

/** Each user of a connection, with each test of that connection, by their ids in the deployment. */
function usersAndTests(plan: AppPlan, order: DeploymentOrder) {
  const idsOf = (type: RegExp, path: RegExp) =>
    order.resources
      .filter(({ Type, Metadata }) => type.test(Type) && path.test(String(Metadata?.['aws:cdk:path'])))
      .map(({ id }) => id);
  const byHand = plan.connections.flatMap(({ isTestedByHand }, number) => (isTestedByHand ? [number] : []));
  return plan.users.flatMap(({ connection }, number) => {
    const used = connection % plan.connections.length;
    const test = byHand.includes(used) ? `ByHand${byHand.indexOf(used)}` : `Connection${used}/Test`;
    const tests = idsOf(/^Custom::GlueConnectionTest$/, new RegExp(`/${test}/`));
    expect(tests).toHaveLength(1);
    return idsOf(/^AWS::Glue::(Job|Crawler|Trigger)$/, new RegExp(`/User${number}(Trigger)?$`)).flatMap((user) =>
      tests.map((one) => ({ user, test: one })),
    );
  });
}

function stackOf(id: string): string {
  return id.slice(0, id.lastIndexOf('/'));
}
