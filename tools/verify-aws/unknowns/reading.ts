import type { Deployment, DirectTest, Evidence, StackEvent } from '../evidence';
import type { StepId } from '../steps';

/** The direct tests of connections with this id, in any of these steps. */
export function testsOf(evidence: Evidence, id: string, ...steps: readonly StepId[]): DirectTest[] {
  return evidence.tests.filter((test) => test.id === id && (steps.length === 0 || steps.includes(test.step)));
}

/** How they ended, each in a few words; nothing where there is none. */
export function outcomes(tests: readonly DirectTest[]): string | undefined {
  return tests.length === 0 ? undefined : tests.map(outcome).join('; ');
}

function outcome({ step, exception, text, seconds }: DirectTest): string {
  const how = exception === undefined ? 'passed' : `${exception}: ${quoted(text ?? '')}`;
  return `${how} (${step}, ${seconds} s)`;
}

export function quoted(text: string): string {
  return `“${text.replace(/\s+/g, ' ').trim()}”`;
}

export const TEST_TYPE = 'Custom::GlueConnectionTest';

/** The states that the tests or the stack went through in a step. */
export function states(deployment: Deployment, resourceType: string): string[] {
  return eventsOf(deployment, resourceType).map(({ status }) => status);
}

function eventsOf({ events }: Deployment, resourceType: string): StackEvent[] {
  return events.filter((event) => event.resourceType === resourceType);
}

/** What the function said of a test in a step, by the stack's outputs. */
export function saidIn({ outputs }: Deployment, id: string): string | undefined {
  const { [`${id}Outcome`]: result, [`${id}Category`]: category, [`${id}Message`]: message = '' } = outputs;
  return result === undefined ? undefined : `${result}, ${category}${message === '' ? '' : `: ${quoted(message)}`}`;
}
