import { Lazy, Token } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { MonitorSettings, SecretChangedEvent } from '../../lambda/monitor/contract';
import { resolveWithReferences } from '../cdk/references';
import { maxLength } from '../grants/policies/policy-length';
import type { MonitoredConnection, SecretMatch } from './monitored-connection';

/**
 * The most characters of a rule's pattern, by EventBridge's default quota.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 */
const MAX_PATTERN = 2_048;

/**
 * What Secrets Manager sends when a secret has a new current version. It takes no trail of CloudTrail.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/monitoring-eventbridge.html
 */
const PATTERN: events.EventPattern = {
  source: ['aws.secretsmanager'],
  detailType: ['Secret Label Updated'],
  detail: { labelUpdated: ['AWSCURRENT'] },
};

/** The pattern, with room for the key `resources`. */
const EMPTY_PATTERN = 150;

/**
 * The rules that send the changes of secrets to the function: one, or as many as it takes to name all secrets. Each is
 * filled before the next is created.
 */
export class SecretRules {
  private readonly known = new Set<string>();
  private readonly rules: { readonly found: unknown[]; length: number }[] = [];

  constructor(
    private readonly scope: Construct,
    private readonly handler: lambda.IFunction,
    private readonly settings: MonitorSettings,
  ) {}

  /** Adds the secrets of a connection, as far as they are known by now; it can be called again. */
  add(connection: MonitoredConnection): void {
    for (const match of connection.secretMatches()) {
      // Two references to one secret are two tokens.
      const key = JSON.stringify(resolveWithReferences(this.scope, match).value);
      if (!this.known.has(key)) {
        this.known.add(key);
        this.put(connection, match);
      }
    }
  }

  private put(connection: MonitoredConnection, match: SecretMatch): void {
    const length = maxLength(this.scope, match) + 1;
    const last = this.rules.at(-1);
    const rule = last !== undefined && last.length + length <= MAX_PATTERN ? last : this.create();
    rule.length += length;
    rule.found.push(connection.ifExists(match, NOTHING));
  }

  private create() {
    const found: unknown[] = [];
    const rule = { found, length: EMPTY_PATTERN };
    this.rules.push(rule);
    const { length: count } = this.rules;
    const event = {
      Monitor: this.settings,
      SecretsChanged: events.EventField.fromPath('$.resources') as unknown as string[],
    } satisfies SecretChangedEvent;
    new events.Rule(this.scope, count === 1 ? 'Rule' : `Rule${count}`, {
      description: 'Tests Glue connections whose secret has changed',
      eventPattern: { ...PATTERN, resources: Token.asList(Lazy.uncachedAny({ produce: () => found })) },
      targets: [new targets.LambdaFunction(this.handler, { event: events.RuleTargetInput.fromObject(event) })],
    });
    return rule;
  }
}

/** No ARN, in place of a secret that does not exist. */
const NOTHING = '-';
