import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { AppReferences } from '../cdk/app-references';
import { constructsOf } from '../cdk/assembly';
import { AppNetwork } from '../network/app-network';
import { ImportedSubnets } from '../network/imported-subnets';
import { warnOfNetworks } from '../network/network-warnings';
import { connectionsOf } from './tested-connections';
import { testsOf } from './tests-of-app';

/** Warns of the networks of all connections that are tested. It validates an app, since by then everything is there. */
export function warnOfTestedNetworks(assembly: IConstruct): string[] {
  const references = new AppReferences();
  const constructs = [...constructsOf(assembly)];
  const resources = constructs.filter((construct) => CfnResource.isCfnResource(construct));
  const tests = testsOf(assembly).filter(({ _facts, _isInVpc }) => _facts.resource === undefined || _isInVpc !== false);
  const tested = connectionsOf(tests, resources).flatMap(({ connections }) => connections);
  warnOfNetworks(new Set(tested), new AppNetwork(resources, references), new ImportedSubnets(constructs, references));
  return [];
}
