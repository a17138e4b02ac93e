import { GlueClient, TestConnectionCommand } from '@aws-sdk/client-glue';
import type { CloudFormationCustomResourceEvent as Event } from 'aws-lambda';
import { request } from 'node:https';

const glue = new GlueClient({});

/** The least that a custom resource can do: one call of the SDK, one answer, and nothing for when one of them fails. */
export async function handler(event: Event): Promise<void> {
  const { ConnectionName } = event.ResourceProperties as { ConnectionName?: string };
  await glue.send(new TestConnectionCommand({ ConnectionName }));
  const { StackId, RequestId, LogicalResourceId } = event;
  const body = JSON.stringify({
    ...{ StackId, RequestId, LogicalResourceId },
    Status: 'SUCCESS',
    PhysicalResourceId: LogicalResourceId,
  });
  const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) };
  await new Promise<void>((resolve, reject) => {
    const outgoing = request(event.ResponseURL, { method: 'PUT', headers }, (response) => {
      response.resume();
      resolve();
    });
    outgoing.on('error', reject).end(body);
  });
}
