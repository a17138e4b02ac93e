import { Fn, Lazy, Stack, Token, type CfnCondition } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { MonitoredConnection as Entry } from '../../lambda/monitor/contract';
import { resolveWithReferences } from '../cdk/references';
import type { RegisteredTest } from '../gate/tests-of-app';
import { canHaveMetrics } from './metrics';

/** Secrets Manager appends a hyphen and six characters to the name in an ARN; here they are not known. */
const UNKNOWN_SUFFIX = /-\?{6}$/;

/** The part of an event's pattern that finds a secret. */
export type SecretMatch = string | { readonly prefix: string };

/** A connection that a monitor tests. */
export class MonitoredConnection {
  /**
   * @param monitor the monitor, or a part of it
   */
  constructor(
    private readonly monitor: Construct,
    readonly test: RegisteredTest,
  ) {}

  /** The name, or a reference to it. */
  get name(): string {
    return this.test._facts.connectionName ?? '';
  }

  /** Whether the function can emit metrics of it. */
  get hasMetrics(): boolean {
    return canHaveMetrics(this.literalName ?? this.name);
  }

  /** The same for all tests of one connection. */
  get identity(): string {
    const { ConnectionName, CatalogId } = this.test._repeated;
    // Another test may know by its name what this one knows by its resource.
    const name = (this.condition === undefined ? this.literalName : undefined) ?? ConnectionName;
    return JSON.stringify(resolveWithReferences(this.test, [name, CatalogId]).value);
  }

  /** What the function gets. */
  entry(metrics: boolean): Entry {
    const secrets = this.secretArns().map((arn) => arn.replace(UNKNOWN_SUFFIX, ''));
    return {
      Properties: { ...this.test._repeated, Metrics: metrics ? undefined : 'DISABLED' },
      Secrets: secrets.length === 0 ? undefined : [...new Set(secrets)],
    };
  }

  /**
   * What finds its secrets in an event. Where the end of an ARN is unknown, other secrets may be found as well; the
   * function then tells them apart.
   */
  secretMatches(): SecretMatch[] {
    return this.secretArns().map((arn) =>
      UNKNOWN_SUFFIX.test(arn) ? { prefix: arn.replace(UNKNOWN_SUFFIX, '-') } : arn,
    );
  }

  /** A value that refers to the connection or its secret, where both exist, and otherwise another value. */
  ifExists(value: unknown, otherwise: unknown): string {
    return Token.asString(
      Lazy.uncachedAny({
        produce: () => {
          const { condition } = this;
          return condition === undefined ? value : Fn.conditionIf(condition.logicalId, value, otherwise);
        },
      }),
    );
  }

  /** The condition under which the connection exists, if there is one. */
  get condition(): CfnCondition | undefined {
    const { resource } = this.test._facts;
    return resource?.stack === Stack.of(this.monitor) ? resource.cfnOptions.condition : undefined;
  }

  private get literalName(): string | undefined {
    return this.test._facts.definition?.literalName;
  }

  private secretArns(): readonly string[] {
    return this.test._secrets().flatMap(({ arns }) => arns);
  }
}
