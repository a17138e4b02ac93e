import { AccessKeys } from '../../src/iam/access-keys';
import { Roles } from '../../src/iam/roles';
import { Endpoint } from '../../src/services/endpoint';
import { JsonProtocol } from '../../src/services/protocols/json';
import type { Operations } from '../../src/services/protocols/protocol';

/** What a caller with some permissions gets from the operations of a service, as they come through an endpoint. */
export async function call(
  operations: Operations,
  target: string,
  input: object,
  permissions: readonly { readonly Action: string; readonly Resource: string }[] = [{ Action: '*', Resource: '*' }],
): Promise<Record<string, unknown>> {
  const accessKeys = new AccessKeys();
  const roles = new Roles('111122223333', accessKeys);
  const Statement = permissions.map((permission) => ({ Effect: 'Allow', ...permission }));
  const role = roles.create('caller', new Map([['policy', { Version: '2012-10-17', Statement }]]));
  const { AWS_ACCESS_KEY_ID: keyId } = roles.assume(role, 'test');
  const endpoint = await Endpoint.start(accessKeys, { service: new JsonProtocol(operations) }, { region: 'us-east-1' });
  try {
    const authorization = `AWS4-HMAC-SHA256 Credential=${keyId}/20260101/us-east-1/service/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
    const headers = { 'x-amz-target': target, authorization };
    const response = await fetch(endpoint.url, { method: 'POST', headers, body: JSON.stringify(input) });
    return (await response.json()) as Record<string, unknown>;
  } finally {
    await endpoint.close();
  }
}
