import { Token } from 'aws-cdk-lib';
import type * as glue from 'aws-cdk-lib/aws-glue';
import type { ConnectionTestsOptions } from './connection-tests-options';
import { evaluate } from './references';

/** Types for which no documentation of Glue says that `TestConnection` takes them. */
const NOT_DOCUMENTED: ReadonlySet<string> = new Set([
  'CUSTOM',
  'KAFKA',
  'MARKETPLACE',
  'MONGODB',
  'NETWORK',
  'VIEW_VALIDATION_ATHENA',
  'VIEW_VALIDATION_REDSHIFT',
]);

/** Which connections are tested. */
export class ConnectionFilter {
  private readonly types?: ReadonlySet<string>;
  private readonly names: readonly RegExp[];

  constructor(private readonly options: ConnectionTestsOptions) {
    this.types = options.connectionTypes && new Set(options.connectionTypes.map(({ name }) => name));
    this.names = (options.excludeNames ?? []).map(toRegExp);
  }

  judge(connection: glue.CfnConnection): 'tested' | 'excluded' | 'typeNotDocumented' {
    const input = evaluate(
      connection,
      connection.connectionInput,
    ) as Partial<glue.CfnConnection.ConnectionInputProperty>;
    const { name, connectionType } = input;
    const { exclude = [] } = this.options;
    if (
      connection.node.scopes.some((scope) => exclude.includes(scope)) ||
      (name !== undefined && this.names.some((pattern) => pattern.test(name)))
    ) {
      return 'excluded';
    }
    if (connectionType === undefined || Token.isUnresolved(connectionType)) {
      return 'tested';
    }
    if (this.types !== undefined) {
      return this.types.has(connectionType) ? 'tested' : 'excluded';
    }
    return NOT_DOCUMENTED.has(connectionType) ? 'typeNotDocumented' : 'tested';
  }
}

/** `*` is any characters, `?` is one; all else is itself. */
function toRegExp(pattern: string): RegExp {
  const source = pattern.replace(/[\\^$.*+?()[\]{}|]/g, (character) =>
    character === '*' ? '.*' : character === '?' ? '.' : `\\${character}`,
  );
  return new RegExp(`^${source}$`, 's');
}
