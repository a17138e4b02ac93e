import type { App } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { DeploymentOrder, isDeployable } from '../apps/deployment-order';
import { APP_PLAN, buildApp, type AppPlan } from '../apps/random-app';

/** The nightly workflow tries 1,000; for a mutant, fewer do. */
const RUNS = Number(process.env.RANDOM_APPS ?? 50);

beforeAll(() => {
  // What aws-cdk-lib itself has to say of the templates is not what is asked here, and takes most of the time.
  process.env.CDK_VALIDATION = 'false';
});

afterAll(() => {
  delete process.env.CDK_VALIDATION;
});

test(
  `in ${RUNS} random apps, every user of a connection waits, no cycle is made, and two syntheses are equal`,
  () => {
    const seen = { apps: 0, waiting: 0, warned: 0, forStores: 0, forNetworks: 0 };
    fc.assert(
      fc.property(APP_PLAN, (plan) => {
        // Some have cycles of their own.
        fc.pre(isDeployable(() => buildApp(plan, { applyTests: false })));
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
        for (const { test, awaited, kind } of testsAndAwaited(plan, order)) {
          const waits = order.waits(test, awaited);
          seen[kind] += waits ? 1 : 0;
          // Waiting would have closed a cycle.
          expect(waits || order.waits(awaited, test) || order.waits(`${stackOf(awaited)}<`, `${stackOf(test)}>`)).toBe(
            true,
          );
        }
        expect(synthesize(buildApp(plan, { applyTests: true })).order.templates).toEqual(order.templates);
      }),
      { numRuns: RUNS, seed: 20_261_124 },
    );
    console.info(
      `${seen.apps} apps: ${seen.waiting} users wait for a test; ${seen.warned} can't, and a warning says so; ` +
        `${seen.forStores} times a test waits for an instance of its store, ${seen.forNetworks} for a part of its network`,
    );
    expect(seen.apps).toBeGreaterThanOrEqual(RUNS);
    expect(seen.waiting).toBeGreaterThan(RUNS);
    expect(seen.warned).toBeGreaterThan(RUNS / 50);
    expect(seen.forStores).toBeGreaterThan(RUNS / 10);
    expect(seen.forNetworks).toBeGreaterThan(RUNS / 10);
  },
  Math.max(300_000, RUNS * 3_000),
);

function synthesize(app: App) {
  const assembly = app.synth();
  const warnings = assembly.stacks.flatMap(({ messages }) => messages.map(({ entry }) => JSON.stringify(entry.data)));
  return { order: new DeploymentOrder(assembly), warnings };
}

/** Each user of a connection, with each test of that connection, by their ids in the deployment. */
function usersAndTests(plan: AppPlan, order: DeploymentOrder) {
  return plan.users.flatMap(({ connection }, number) => {
    const test = testOf(plan, order, connection % plan.connections.length);
    const users = idsOf(order, /^AWS::Glue::(Job|Crawler|Trigger)$/, new RegExp(`/User${number}(Trigger)?$`));
    return users.map((user) => ({ user, test }));
  });
}

/** Each test with the instance of its store, and with what its connection goes through. */
function testsAndAwaited(plan: AppPlan, order: DeploymentOrder) {
  return plan.connections.flatMap((connection, number) =>
    AWAITED.filter(({ part }) => connection[part] !== undefined)
      .flatMap(({ kind, type, name }) =>
        idsOf(order, type, new RegExp(`/${name}${number}$`)).map((awaited) => ({ kind, awaited })),
      )
      .map((found) => ({ ...found, test: testOf(plan, order, number) })),
  );
}

const AWAITED = [
  { part: 'store', kind: 'forStores', type: /^AWS::RDS::DBInstance$/, name: 'Instance' },
  { part: 'network', kind: 'forNetworks', type: /^AWS::EC2::/, name: '(Association|Route|Rule)' },
] as const;

function testOf(plan: AppPlan, order: DeploymentOrder, connection: number): string {
  const byHand = plan.connections.flatMap(({ isTestedByHand }, number) => (isTestedByHand ? [number] : []));
  const name = byHand.includes(connection) ? `ByHand${byHand.indexOf(connection)}` : `Connection${connection}/Test`;
  const [test, ...others] = idsOf(order, /^Custom::GlueConnectionTest$/, new RegExp(`/${name}/`));
  expect(others).toEqual([]);
  return test!;
}

function idsOf(order: DeploymentOrder, type: RegExp, path: RegExp): string[] {
  return order.resources
    .filter(({ Type, Metadata }) => type.test(Type) && path.test(String(Metadata?.['aws:cdk:path'])))
    .map(({ id }) => id);
}

function stackOf(id: string): string {
  return id.slice(0, id.lastIndexOf('/'));
}
