import { CfnResource, Stack, type CustomResource } from 'aws-cdk-lib';
import type { IDependable } from 'constructs';
import { AppReferences } from '../cdk/app-references';
import { assemblyOf, constructsOf } from '../cdk/assembly';
import { lazily } from '../cdk/lazy-dependency';
import { DeploymentGraph } from '../gate/deployment-graph';

/** Whether the graph of an app is being read, which asks for these dependencies again. */
let isReading = false;

/**
 * The connections that the stack of a sweep creates, but for those that wait for the sweep: by `executeBefore`, by
 * another dependency, or by a reference.
 */
export function connectionsBefore(sweep: CustomResource): IDependable {
  const own = sweep.node.defaultChild as CfnResource;
  return lazily(() => {
    const connections = Stack.of(sweep)
      .node.findAll()
      .filter((construct) => CfnResource.isCfnResource(construct))
      .filter(({ cfnResourceType }) => cfnResourceType === 'AWS::Glue::Connection')
      .filter((connection) => Stack.of(connection) === Stack.of(sweep));
    if (isReading || connections.length === 0) {
      return [];
    }
    isReading = true;
    try {
      const assembly = assemblyOf(sweep);
      const graph = new DeploymentGraph(assembly, [...constructsOf(assembly)], new AppReferences());
      return connections.filter((connection) => !graph.waits(connection, own));
    } finally {
      isReading = false;
    }
  });
}
