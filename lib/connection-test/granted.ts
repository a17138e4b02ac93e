import { diagnosesNetwork, type ConnectionTestProps } from './connection-test-props';
import { testStatements } from '../grants/statements';
import type { Access, GrantedTest } from '../grants/permissions';
import type { Provider } from '../provider/provider';
import { resolveWithReferences } from '../cdk/references';
import type { ImportedKeys } from '../grants/imported-keys';
import { accessToSecrets } from '../grants/secrets-of-test';
import type { ConnectionTarget } from '../target/connection-target';

/** What a test has been granted so far. */
export class Granted {
  private readonly statements = new Set<string>();
  private definition = '';

  constructor(
    private readonly test: GrantedTest,
    private readonly props: ConnectionTestProps,
    private readonly provider: Provider,
  ) {}

  /** Grants all that the test needs by the connection's definition. */
  grant(): Access {
    return this.provider._allow(this.test, this.missing(this.props.target));
  }

  /** Grants what it needs by the definition as it is now and has not been granted; undefined where that is nothing. */
  grantMore(keys: ImportedKeys): Access | undefined {
    const missing = this.missing(this.props.target._now(), keys);
    return missing.length === 0 ? undefined : this.provider._allow(this.test, missing);
  }

  private missing(target: ConnectionTarget, keys?: ImportedKeys) {
    const { fingerprint, ...read } = target._facts.definition ?? {};
    const definition = JSON.stringify(read);
    if (fingerprint !== undefined && definition === this.definition && !keys?.exist) {
      return [];
    }
    this.definition = definition;
    const secrets = accessToSecrets(this.test, { ...this.props, target }, keys);
    const statements = testStatements(this.test, target, secrets, { networkDiagnosis: diagnosesNetwork(this.props) });
    return statements.filter((statement) => {
      const key = JSON.stringify(resolveWithReferences(this.test, statement.toStatementJson()).value);
      return !this.statements.has(key) && this.statements.add(key);
    });
  }
}
