import { Roles } from '../../../local-cloud/iam/roles';
import { Endpoint, type Operations } from '../../../local-cloud/services/endpoint';

/** What a caller with some permissions gets from the operations of a service, as they come through an endpoint. */
export async function call(
  operations: Operations,
  target: string,
  input: object,
  permissions: readonly { readonly Action: string; readonly Resource: string }[] = [{ Action: '*', Resource: '*' }],
): Promise<Record<string, unknown>> {
  const roles = new Roles('111122223333');
  const Statement = permissions.map((permission) => ({ Effect: 'Allow', ...permission }));
  const role = roles.create('caller', new Map([['policy', { Version: '2012-10-17', Statement }]]));
  const { AWS_ACCESS_KEY_ID: keyId } = roles.assume(role, 'test');
  const endpoint = await Endpoint.start(roles, operations);
  try {
    const authorization = `AWS4-HMAC-SHA256 Credential=${keyId}/20260101/us-east-1/service/aws4_request`;
    const headers = { 'x-amz-target': target, authorization };
    const response = await fetch(endpoint.url, { method: 'POST', headers, body: JSON.stringify(input) });
    return (await response.json()) as Record<string, unknown>;
  } finally {
    await endpoint.close();
  }
}
