import type { CfnResource } from 'aws-cdk-lib';
import { OnUnsupported } from './connection-test-props';
import type { ApplyToOptions } from './apply-to-options';
import { readDefinition } from '../target/connection-definition';

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

/**
 * Types of which Glue's documentation says that `TestConnection` takes them.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnectionInput.html
 */
const DOCUMENTED: ReadonlySet<string | undefined> = new Set(['JDBC', 'SALESFORCE']);

/** A deployment must not fail because Glue can't test what nobody has asked to be tested. */
export function onUnsupportedByDefault(connection: CfnResource): OnUnsupported | undefined {
  return DOCUMENTED.has(readDefinition(connection).connectionType) ? undefined : OnUnsupported.WARN;
}

/** Whether a connection is tested; why not, where users would not expect that. */
export interface Selection {
  readonly isTested: boolean;
  readonly info?: string;
}

const TESTED: Selection = { isTested: true };
const EXCLUDED: Selection = { isTested: false };

/** Which connections are tested. */
export class ConnectionFilter {
  private readonly types?: ReadonlySet<string>;
  private readonly names: readonly RegExp[];

  constructor(private readonly options: ApplyToOptions) {
    this.types = options.connectionTypes && new Set(options.connectionTypes.map(({ name }) => name));
    this.names = (options.excludeNames ?? []).map(toRegExp);
  }

  select(connection: CfnResource): Selection {
    const { literalName: name, connectionType } = readDefinition(connection);
    const { exclude = [] } = this.options;
    if (
      connection.node.scopes.some((scope) => exclude.includes(scope)) ||
      (name !== undefined && this.names.some((pattern) => pattern.test(name)))
    ) {
      return EXCLUDED;
    }
    if (connectionType === undefined) {
      return TESTED;
    }
    if (this.types !== undefined) {
      return this.types.has(connectionType) ? TESTED : EXCLUDED;
    }
    if (!NOT_DOCUMENTED.has(connectionType)) {
      return TESTED;
    }
    return {
      isTested: false,
      info:
        `the connection is not tested, since Glue is not documented to test the type ${connectionType}; name it in ` +
        "'connectionTypes' to have it tested",
    };
  }
}

/** `*` is any characters, `?` is one; all else is itself. */
function toRegExp(pattern: string): RegExp {
  const source = pattern.replace(/[\\^$.*+?()[\]{}|]/g, (character) =>
    character === '*' ? '.*' : character === '?' ? '.' : `\\${character}`,
  );
  return new RegExp(`^${source}$`, 's');
}
