import { GlueClient, TestConnectionCommand } from '@aws-sdk/client-glue';
import type { CloudFormationCustomResourceEvent as Event } from 'aws-lambda';

const glue = new GlueClient({});

/** The least that there can be behind the provider framework, which answers in its place. */
export async function handler(event: Event): Promise<object> {
  const { ConnectionName } = event.ResourceProperties as { ConnectionName?: string };
  await glue.send(new TestConnectionCommand({ ConnectionName }));
  return {};
}
