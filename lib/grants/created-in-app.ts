import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Those of these constructs that this app creates, each once: imported ones have no resource. */
export function createdInApp(constructs: readonly (IConstruct | undefined)[]): IConstruct[] {
  const given = constructs.filter((construct) => construct !== undefined);
  return [...new Set<IConstruct>(given)].filter(({ node }) =>
    node.findAll().some((child) => CfnResource.isCfnResource(child)),
  );
}
