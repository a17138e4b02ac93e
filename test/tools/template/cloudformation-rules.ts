import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

/** As much of `@aws/cloudformation-validate`, which comes inside of `aws-cdk-lib`, as is used here. */
interface Validator {
  readonly RegoEngine: new (config: { readonly customRules?: readonly RuleSource[] }) => Engine;
  readonly TemplateFile: new (path: string) => object;
}

interface Engine {
  validateStandard(template: object, config: object): Report;
}

export interface RuleSource {
  readonly name: string;
  readonly content: string;
}

export interface Diagnostic {
  readonly ruleId: string;
  readonly severity: 'WARN' | 'ERROR' | 'FATAL';
  readonly message: string;
  readonly propertyPath?: string;
  readonly entity?: { readonly logicalId: string };
}

interface Report {
  readonly status: string;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Options {
  readonly parameters?: Readonly<Record<string, string>>;
}

/** The rules that the CDK validates with, for any template: whether it was written by hand or by the CDK. */
export class CloudFormationRules {
  private readonly validator = createRequire(require.resolve('aws-cdk-lib/package.json'))(
    '@aws/cloudformation-validate',
  ) as Validator;
  private readonly engine: Engine;

  /** @param own rules that are applied instead of CloudFormation's */
  constructor(private readonly own?: RuleSource) {
    this.engine = new this.validator.RegoEngine({ customRules: own === undefined ? [] : [own] });
  }

  /** Warnings and errors. */
  findingsIn(template: string | object, { parameters = {} }: Options = {}): Diagnostic[] {
    const folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-rules-'));
    try {
      const file = path.join(folder, 'template');
      writeFileSync(file, typeof template === 'string' ? template : JSON.stringify(template));
      const { status, diagnostics } = this.engine.validateStandard(new this.validator.TemplateFile(file), {
        severityLevel: 'WARN',
        disableBuiltinRules: this.own !== undefined,
        parameterOverrides: parameters,
        pseudoParameterOverrides: { accountId: '111122223333', region: 'us-east-1' },
      });
      // Otherwise no finding would mean nothing.
      expect(status).toBe('OK');
      return [...diagnostics];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** Takes a name for a password's wherever it holds the word secret: names of secrets are none. */
export const SOUNDS_SECRET = 'W2509';
