import type { CfnResource } from 'aws-cdk-lib';
import { OnUnsupported } from './connection-test-props';
import type { ApplyToOptions } from './apply-to-options';
import { readDefinition } from '../target/connection-definition';

/** Types that `TestConnection` is not documented to support. */
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
 * Types that `TestConnection` is documented to support.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnectionInput.html
 */
const DOCUMENTED: ReadonlySet<string | undefined> = new Set(['JDBC', 'SALESFORCE']);

/** A deployment must not fail because Glue can't test a connection that nobody asked to test. */
export function onUnsupportedByDefault(connection: CfnResource): OnUnsupported | undefined {
  return DOCUMENTED.has(readDefinition(connection).connectionType) ? undefined : OnUnsupported.WARN;
}

/** Whether a connection is tested, and if not, the reason where users would not expect it. */
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
        `the connection is not tested, because AWS does not document TestConnection for the type ${connectionType}; ` +
        "to test it, add it to 'connectionTypes'",
    };
  }
}

/** `*` matches any characters, `?` matches one, and other characters match themselves. */
function toRegExp(pattern: string): RegExp {
  const source = pattern.replace(/[\\^$.*+?()[\]{}|]/g, (character) =>
    character === '*' ? '.*' : character === '?' ? '.' : `\\${character}`,
  );
  return new RegExp(`^${source}$`, 's');
}
