import { GetConnectionCommand, type GlueClient } from '@aws-sdk/client-glue';
import type { TestRequest } from './properties';
import type { Redact } from './redaction';
import { firstCharacters } from './text';

/**
 * What Glue knows of a connection that did not pass, one line each: its status if that says something, and its network.
 *
 * @returns nothing where Glue doesn't tell in time, or the role may not ask
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_GetConnection.html
 */
export async function connectionDetails(
  { connectionName, catalogId }: TestRequest,
  glue: Pick<GlueClient, 'send'>,
  abortSignal: AbortSignal,
  redact: Redact,
): Promise<string[]> {
  // Without the password, no permission for the key that encrypts it is needed.
  const command = new GetConnectionCommand({ Name: connectionName, CatalogId: catalogId, HidePassword: true });
  const connection = await glue.send(command, { abortSignal }).then(
    (output) => output.Connection,
    () => undefined,
  );
  const { Status, StatusReason, PhysicalConnectionRequirements: network } = connection ?? {};
  const details: string[] = [];
  if (Status !== undefined && Status !== 'READY') {
    details.push(
      `status ${Status}${StatusReason === undefined ? '' : `: ${firstCharacters(redact(StatusReason), 300)}`}`,
    );
  }
  if (network?.SubnetId !== undefined) {
    const groups = network.SecurityGroupIdList?.join(', ') ?? 'none';
    details.push(firstCharacters(`subnet ${network.SubnetId}, security groups ${groups}`, 300));
    details.push(network.AvailabilityZone ? `zone ${network.AvailabilityZone}` : 'no Availability Zone');
  }
  return details;
}
