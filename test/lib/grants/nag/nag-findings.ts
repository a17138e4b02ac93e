import { CfnResource, Stack, Validations } from 'aws-cdk-lib';
import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  NIST80053R4Checks,
  NIST80053R5Checks,
  PCIDSS321Checks,
  ServerlessChecks,
  type NagPack,
} from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { ConnectionMonitor, ConnectionSweep, ConnectionTest, ConnectionTestProvider } from '../../../../lib/index';

export const PACKS: readonly [NagPack, ...NagPack[]] = [
  new AwsSolutionsChecks(),
  new ServerlessChecks(),
  new HIPAASecurityChecks(),
  new NIST80053R4Checks(),
  new NIST80053R5Checks(),
  new PCIDSS321Checks(),
];

/** A rule, and the path of the resource that it finds or the construct on which that is acknowledged. */
export interface Finding {
  readonly id: string;
  readonly path: string;
}

/** What a pack finds on resources that a test, a provider, a monitor or a sweep has made. */
export function findingsOn(root: IConstruct, pack: NagPack): Finding[] {
  const own = new Set(ownResources(root).map(({ node }) => node.path));
  return pack
    .validateScope(root)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath = '' }) => ({ id: ruleName, path: constructPath })),
    )
    .filter(({ path }) => own.has(path));
}

export function ownResources(root: IConstruct): CfnResource[] {
  return ownConstructs(root).filter((construct) => CfnResource.isCfnResource(construct));
}

const OWN = [ConnectionMonitor, ConnectionSweep, ConnectionTest, ConnectionTestProvider];

/** Tests, providers, monitors and sweeps, with all below them. */
function ownConstructs(root: IConstruct): IConstruct[] {
  const own = root.node.findAll().filter((construct) => OWN.some((type) => construct instanceof type));
  return [...new Set(own.flatMap((construct) => construct.node.findAll()))];
}

export interface Acknowledgement extends Finding {
  readonly reason: string;
}

export function acknowledgementsIn(root: IConstruct): Acknowledgement[] {
  return ownConstructs(root).flatMap((construct) =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(Stack.of(construct).resolve(data) as Record<string, string>))
      .map(([id, reason]) => ({ id: id.replace(/^Annotation::/, ''), path: construct.node.path, reason })),
  );
}

/** Runs something with the acknowledgements switched off. */
export function withoutAcknowledgements<T>(create: () => T): T {
  const acknowledge = jest.spyOn(Validations.prototype, 'acknowledge').mockReturnValue();
  try {
    return create();
  } finally {
    acknowledge.mockRestore();
  }
}
