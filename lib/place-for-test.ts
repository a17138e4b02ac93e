import type { CfnResource } from 'aws-cdk-lib';
import { Dependable, type Construct } from 'constructs';

/**
 * Beside the construct that users know: that is the `Connection`, where the resource is only its child. Of a scope that
 * the connection waits for as a whole, outside, or the connection would wait for its own test.
 */
export function placeBeside(connection: CfnResource): { readonly scope: Construct; readonly id: string } {
  const parent = connection.node.scope as Construct;
  const known = parent.node.defaultChild === connection && 'connectionName' in parent ? parent : connection;
  const awaited = connection.node.scopes
    .flatMap(({ node }) => node.dependencies)
    .flatMap((dependable) => Dependable.of(dependable).dependencyRoots);
  const scopes = known.node.scopes.slice(connection.stack.node.scopes.length - 1, -1) as Construct[];
  const outermost = scopes.findIndex((scope) => awaited.includes(scope));
  const scope = (outermost > 0 ? scopes[outermost - 1] : scopes.at(-1)) ?? parent;
  const name = `${known.node.id}Test`;
  let id = name;
  for (let number = 2; scope.node.tryFindChild(id) !== undefined; number += 1) {
    id = `${name}${number}`;
  }
  return { scope, id };
}
