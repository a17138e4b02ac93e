import { diagnosesNetwork, type ConnectionTestProps } from './connection-test-props';
import { testStatements } from '../grants/statements';
import type { Access, GrantedTest } from '../grants/permissions';
import type { Provider } from '../provider/provider';
import type { ImportedKeys } from '../grants/imported-keys';
import { resolvedStatement } from '../grants/resolved-statement';
import type { SecretAccess } from '../grants/secret-access';
import { accessToSecrets } from '../grants/secrets-of-test';
import type { ConnectionTarget } from '../target/connection-target';

/** What a test has been granted so far. */
export class Granted {
  private readonly statements = new Set<string>();
  private definition: string | undefined;
  /** As it was read last. */
  private target: ConnectionTarget;

  constructor(
    private readonly test: GrantedTest,
    private readonly props: ConnectionTestProps,
    private readonly provider: Provider,
  ) {
    this.target = props.target;
  }

  /** Whether the connection is in a VPC; undefined where that is only known at deployment. */
  get isInVpc(): boolean | undefined {
    return this.target._facts.inVpc;
  }

  /** Grants all that the test needs by the connection's definition. */
  grant(): Access {
    return this.provider._allow(this.test, this.missing());
  }

  /** Grants what it needs by the definition as it is now and has not been granted; undefined where that is nothing. */
  grantMore(keys: ImportedKeys): Access | undefined {
    this.target = this.props.target._now();
    const missing = this.missing(keys);
    return missing.length === 0 ? undefined : this.provider._allow(this.test, missing);
  }

  /** The secrets by the connection's definition as it is now. */
  secrets(): SecretAccess[] {
    return accessToSecrets(this.test, { ...this.props, target: this.props.target._now() });
  }

  private missing(keys?: ImportedKeys) {
    const { target } = this;
    const definition = JSON.stringify(target._facts.definition);
    if (target._facts.resource !== undefined && definition === this.definition && !keys?.exist) {
      return [];
    }
    this.definition = definition;
    const secrets = accessToSecrets(this.test, { ...this.props, target }, keys);
    const statements = testStatements(this.test, target, secrets, { networkDiagnosis: diagnosesNetwork(this.props) });
    return statements.filter((statement) => {
      const key = JSON.stringify(resolvedStatement(this.test, statement).value);
      return !this.statements.has(key) && this.statements.add(key);
    });
  }
}
