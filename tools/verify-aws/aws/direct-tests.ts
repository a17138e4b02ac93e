import { TestConnectionCommand, type GlueClient } from '@aws-sdk/client-glue';
import type { Deployment, DirectTest } from '../evidence';
import type { StepId } from '../steps';

/** At once, and no more: nobody documents how many Glue takes. */
const LANES = 5;

/** What stacks output for each connection that the kit shall test. */
const OUTPUT = /^(\w+)Connection$/;

/** Tests the connections of a stack by itself, with the permissions of whoever runs the kit. */
export async function testDirectly(
  client: GlueClient,
  step: StepId,
  { outputs }: Pick<Deployment, 'outputs'>,
  mask: (text: string) => string,
): Promise<DirectTest[]> {
  const waiting = Object.entries(outputs).flatMap(([output, name]) => {
    const id = OUTPUT.exec(output)?.[1];
    return id === undefined ? [] : [{ id, name }];
  });
  const tests: DirectTest[] = [];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      tests.push({ id: next.id, step, ...(await test(client, next.name, mask)) });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return tests.sort((one, other) => one.id.localeCompare(other.id));
}

async function test(client: GlueClient, ConnectionName: string, mask: (text: string) => string) {
  const start = Date.now();
  const seconds = () => Math.round((Date.now() - start) / 100) / 10;
  try {
    await client.send(new TestConnectionCommand({ ConnectionName }));
    return { seconds: seconds() };
  } catch (error) {
    const { name, message } = error as Error;
    return { exception: name, text: mask(message), seconds: seconds() };
  }
}
