import { GetConnectionsCommand, GlueClient } from '@aws-sdk/client-glue';
import { onOneLine } from '../../../lambda/base/text';
import { factsOf } from '../../../lambda/failures/failure';
import type { CredentialProvider } from '../aws/credentials';
import { UsageError } from '../arguments/usage-error';

/** A connection that Glue lists. */
export interface Listed {
  readonly name: string;
  readonly type: string;
}

/** Lists the connections of a Region, each Region once. */
export class Listing {
  private readonly lists = new Map<string, Promise<readonly Listed[]>>();

  constructor(
    private readonly credentials: CredentialProvider,
    private readonly catalogId: string | undefined,
    private readonly redact: (text: string) => string,
  ) {}

  /**
   * @returns the connections by name
   * @throws UsageError
   */
  of(region: string): Promise<readonly Listed[]> {
    const list = this.lists.get(region) ?? this.read(region);
    this.lists.set(region, list);
    return list;
  }

  /** @see https://docs.aws.amazon.com/glue/latest/webapi/API_GetConnections.html */
  private async read(region: string): Promise<readonly Listed[]> {
    const requestHandler = { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true };
    const client = new GlueClient({ region, credentials: this.credentials, requestHandler });
    const listed: Listed[] = [];
    const tokens = new Set<string | undefined>();
    try {
      let NextToken: string | undefined;
      do {
        // No password leaves Glue, and no permission for the key of the catalog is required.
        const command = new GetConnectionsCommand({ CatalogId: this.catalogId, HidePassword: true, NextToken });
        const answer = await client.send(command);
        const connections = answer.ConnectionList ?? [];
        listed.push(...connections.map(({ Name = '', ConnectionType = '' }) => ({ name: Name, type: ConnectionType })));
        ({ NextToken } = answer);
        if (NextToken !== undefined && tokens.has(NextToken)) {
          throw new UsageError(
            `the connections of ${region} can't be listed: Glue returns the same page again and again`,
          );
        }
        tokens.add(NextToken);
      } while (NextToken);
    } catch (error) {
      if (error instanceof UsageError) {
        throw error;
      }
      const { name, message } = factsOf(error);
      const said = this.redact(onOneLine(message, 300));
      throw new UsageError(
        name.startsWith('AccessDenied')
          ? `listing the connections of ${region} requires the permission glue:GetConnections (${said})`
          : `the connections of ${region} can't be listed: ${said} (${name})`,
      );
    } finally {
      client.destroy();
    }
    return listed.sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
