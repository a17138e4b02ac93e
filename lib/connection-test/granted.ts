import type { ConnectionTestProps } from './connection-test-props';
import { testStatements } from '../grants/statements';
import type { Access, GrantedTest } from '../grants/permissions';
import type { Provider } from '../provider/provider';
import { resolveWithReferences } from '../cdk/references';
import type { SecretAccess } from '../grants/secret-access';
import { accessToSecrets } from '../grants/secrets-of-test';

/** What a test has been granted so far. */
export class Granted {
  private readonly statements = new Set<string>();
  private definition = '';

  constructor(
    private readonly test: GrantedTest,
    private readonly props: ConnectionTestProps,
    private readonly provider: Provider,
  ) {}

  /** Grants all that the test needs by the connection's definition as it is now. */
  grant(): Access {
    return this.provider._allow(this.test, this.missing());
  }

  /** Grants what it needs by now and has not been granted; undefined where that is nothing. */
  grantMore(): Access | undefined {
    const missing = this.missing();
    return missing.length === 0 ? undefined : this.provider._allow(this.test, missing);
  }

  /** The secrets by the connection's definition as it is now. */
  secrets(): SecretAccess[] {
    return accessToSecrets(this.test, { ...this.props, target: this.props.target._now() });
  }

  private missing() {
    const target = this.props.target._now();
    const { fingerprint, ...read } = target._facts.definition ?? {};
    const definition = JSON.stringify(read);
    if (fingerprint !== undefined && definition === this.definition) {
      return [];
    }
    this.definition = definition;
    const { networkDiagnosis = true } = this.props;
    const secrets = accessToSecrets(this.test, { ...this.props, target });
    const statements = testStatements(this.test, target, secrets, { networkDiagnosis });
    return statements.filter((statement) => {
      const key = JSON.stringify(resolveWithReferences(this.test, statement.toStatementJson()).value);
      return !this.statements.has(key) && this.statements.add(key);
    });
  }
}
