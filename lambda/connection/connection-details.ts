import { GetConnectionCommand, type Connection, type GlueClient } from '@aws-sdk/client-glue';
import type { Redact } from '../base/redaction/redactor';
import { firstCharacters } from '../base/text';
import type { Failure } from '../failures/failure';

/**
 * Reads what Glue knows about a connection.
 *
 * @returns an empty list if Glue does not answer in time or the role lacks the permission
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_GetConnection.html
 */
export async function readConnection(
  connectionName: string,
  catalogId: string | undefined,
  glue: Pick<GlueClient, 'send'>,
  abortSignal: AbortSignal,
): Promise<Connection | undefined> {
  // Reading it without the password requires no permission for the key that encrypts the password.
  const command = new GetConnectionCommand({ Name: connectionName, CatalogId: catalogId, HidePassword: true });
  try {
    const { Connection: connection } = await glue.send(command, { abortSignal });
    return connection;
  } catch {
    // Details never change the outcome of the test.
    return undefined;
  }
}

/** What it says of a connection that did not pass, one line each: its status if that says something, and its network. */
export function detailsOf(connection: Connection, { category }: Pick<Failure, 'category'>, redact: Redact): string[] {
  const { ConnectionSchemaVersion: version } = connection;
  const isOfVersion = category === 'UNSUPPORTED' && version !== undefined;
  return [...describe(connection), ...(isOfVersion ? [`ConnectionSchemaVersion ${version}`] : [])].map((line) =>
    firstCharacters(redact(line), 300),
  );
}

function describe({ Status, StatusReason, PhysicalConnectionRequirements: network }: Connection): string[] {
  const details: string[] = [];
  if (Status !== undefined && Status !== 'READY') {
    details.push(`status ${Status}${StatusReason === undefined ? '' : `: ${StatusReason}`}`);
  }
  if (network?.SubnetId !== undefined) {
    const groups = network.SecurityGroupIdList ?? [];
    details.push(`subnet ${network.SubnetId}, security groups ${groups.join(', ') || 'none'}`);
    details.push(network.AvailabilityZone ? `zone ${network.AvailabilityZone}` : 'no Availability Zone');
  }
  return details;
}
