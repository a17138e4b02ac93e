import type { CfnResource } from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';

const ROOT_ID = 'GlueConnectionTests';

/**
 * The place of a test that `ConnectionTests` creates: in the connection's stack, but outside the user's constructs,
 * since whatever depends on one of those would wait for the test as well.
 *
 * The scopes below `GlueConnectionTests` repeat those of the connection, so that the test's id depends on no neighbour.
 */
export function placeForTest(connection: CfnResource): { readonly scope: Construct; readonly id: string } {
  const parent = connection.node.scope as Construct;
  // Users know the `Connection`, of which the resource is only a child.
  const known = parent.node.defaultChild === connection && 'connectionName' in parent ? parent : connection;
  const { stack } = connection;
  const scopes = known.node.scopes.slice(stack.node.scopes.length);
  const scope = [ROOT_ID, ...scopes.map(({ node }) => node.id)].reduce<IConstruct>(child, stack) as Construct;
  return { scope, id: 'Test' };
}

function child(scope: IConstruct, id: string): IConstruct {
  return scope.node.tryFindChild(id) ?? new Construct(scope, id);
}
