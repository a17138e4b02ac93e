import type { Environment } from '../environment';
import { authorize } from '../iam/authorization';
import type { Session } from '../iam/access-keys';
import { ServiceError } from '../service-error';
import type { Operations } from './protocols/protocol';

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Parameter.html */
export interface Parameter {
  readonly Name: string;
  readonly Type: string;
  readonly Value: string;
}

export interface StoredParameter extends Parameter {
  readonly Version: number;
  readonly LastModifiedDate: number;
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html */
export class ParameterStore {
  /** All that is kept here, for whoever saves it. */
  readonly records = new Map<string, StoredParameter>();

  constructor(private readonly environment: Environment) {}

  get operations(): Operations {
    return { 'AmazonSSM.GetParameter': (caller, input) => this.getParameter(caller, input) };
  }

  /** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
  put(parameter: Parameter, { overwrite = false } = {}): void {
    const existing = this.records.get(parameter.Name);
    if (existing && !overwrite) {
      throw new ServiceError(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    }
    const Version = (existing?.Version ?? 0) + 1;
    this.records.set(parameter.Name, { ...parameter, Version, LastModifiedDate: Date.now() / 1000 });
  }

  find(name: string): Parameter | undefined {
    return this.records.get(name);
  }

  delete(name: string): void {
    this.records.delete(name);
  }

  /** A hierarchy's slash is not repeated: https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html */
  arnOf(name: string): string {
    const { partition, region, accountId } = this.environment;
    return `arn:${partition}:ssm:${region}:${accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
  }

  /** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html */
  private async getParameter(caller: Session, input: Readonly<Record<string, unknown>>): Promise<object> {
    const name = String(input.Name);
    const arn = name.startsWith('arn:') ? name : this.arnOf(name);
    await authorize(caller, 'ssm:GetParameter', [arn]);
    const parameter = [...this.records.values()].find((candidate) => this.arnOf(candidate.Name) === arn);
    if (parameter === undefined) {
      throw new ServiceError('ParameterNotFound', '');
    }
    return { Parameter: { ...parameter, ARN: arn, DataType: 'text' } };
  }
}
