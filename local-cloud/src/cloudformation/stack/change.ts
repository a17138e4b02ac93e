import type { RequiresRecreation } from '../resource-types/create-only';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html */
export interface Change {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly resourceType: string;
  /** What becomes of the physical resource that is there, if it is removed or certain to be replaced. */
  readonly policyAction?: `${'' | 'ReplaceAnd'}${'Delete' | 'Retain' | 'Snapshot'}`;
  /** For `Modify`. */
  readonly replacement?: 'True' | 'False' | 'Conditional';
  /** For `Modify`: by property, what changes and why. */
  readonly details: readonly ChangeDetail[];
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChangeDetail.html */
export interface ChangeDetail extends Cause {
  /** The property, which is the target's `Name`. @default - the resource as a whole */
  readonly name?: string;
  readonly requiresRecreation: RequiresRecreation;
  /** `Dynamic`: whether the value changes is known when the entity that causes it has been updated. */
  readonly evaluation: 'Static' | 'Dynamic';
}

export interface Cause {
  readonly changeSource:
    'DirectModification' | 'ParameterReference' | 'ResourceReference' | 'ResourceAttribute' | 'Automatic';
  /** The parameter, the resource, or the resource and its attribute as in `Secret.Id`. */
  readonly causingEntity?: string;
}
