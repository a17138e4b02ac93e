import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { IConstruct } from 'constructs';
import { constructsOf } from '../cdk/assembly';
import { resolveWithReferences } from '../cdk/references';

/** The keys with which an app or a stage imports its secrets: a connection names the secret alone. */
export class ImportedKeys {
  private bySecret?: ReadonlyMap<string, string>;

  constructor(private readonly assembly: IConstruct) {}

  /** Whether there are any. */
  get exist(): boolean {
    return this.all().size > 0;
  }

  /** The key of the secret that has an id. */
  of(scope: IConstruct, secretId: string): string | undefined {
    return this.exist ? this.all().get(textOf(scope, secretId)) : undefined;
  }

  /** All constructs are looked at once: to do it for each test would take longer the more of them there are. */
  private all(): ReadonlyMap<string, string> {
    this.bySecret ??= new Map(
      // The first of several counts.
      [...constructsOf(this.assembly)]
        .filter(isImportedWithKey)
        .reverse()
        .map((secret) => [textOf(secret, secret.secretArn), secret.encryptionKey.keyArn]),
    );
    return this.bySecret;
  }
}

/** Equal for equal ids. */
function textOf(scope: IConstruct, id: string): string {
  return JSON.stringify(resolveWithReferences(scope, id).value);
}

type WithKey = secretsmanager.ISecret & Required<Pick<secretsmanager.ISecret, 'encryptionKey'>>;

function isImportedWithKey(construct: IConstruct): construct is WithKey {
  const { secretArn, encryptionKey } = construct as Partial<secretsmanager.ISecret>;
  return secretArn !== undefined && encryptionKey !== undefined;
}
