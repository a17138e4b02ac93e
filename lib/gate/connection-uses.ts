/** Where a resource names the connections that it uses. */
export interface ConnectionUse {
  readonly type: string;
  /** Each leads to a connection's name or ARN, or to a list of them; `*` stands for any element. */
  readonly paths: readonly string[];
}

/**
 * All properties of CloudFormation's resource types that name a Glue connection. A test searches CloudFormation's
 * specification for others; the guide lists these types.
 */
export const CONNECTION_USES: readonly ConnectionUse[] = [
  { type: 'AWS::Athena::DataCatalog', paths: ['Parameters.connection-arn'] },
  { type: 'AWS::DataBrew::Dataset', paths: ['Input.DatabaseInputDefinition.GlueConnectionName'] },
  { type: 'AWS::DataBrew::Job', paths: ['DatabaseOutputs.*.GlueConnectionName'] },
  { type: 'AWS::DataZone::Connection', paths: ['Props.SparkGlueProperties.GlueConnectionName'] },
  { type: 'AWS::Glue::Catalog', paths: ['FederatedCatalog.ConnectionName'] },
  { type: 'AWS::Glue::Crawler', paths: ['Targets.*.*.ConnectionName'] },
  { type: 'AWS::Glue::Database', paths: ['DatabaseInput.FederatedDatabase.ConnectionName'] },
  { type: 'AWS::Glue::Integration', paths: ['SourceArn'] },
  {
    type: 'AWS::Glue::IntegrationResourceProperty',
    paths: ['ResourceArn', 'TargetProcessingProperties.ConnectionName'],
  },
  { type: 'AWS::Glue::Job', paths: ['Connections.Connections'] },
  { type: 'AWS::Glue::MLTransform', paths: ['InputRecordTables.GlueTables.*.ConnectionName'] },
  { type: 'AWS::Glue::Session', paths: ['Connections.Connections'] },
  { type: 'AWS::Glue::Table', paths: ['TableInput.ViewDefinition.Representations.*.ValidationConnection'] },
  { type: 'AWS::Glue::TableOptimizer', paths: ['TableOptimizerConfiguration.VpcConfiguration.GlueConnectionName'] },
  { type: 'AWS::LakeFormation::Resource', paths: ['ResourceArn'] },
];

/** Where a resource names the jobs and crawlers that it starts: they may use a connection. */
export const STARTERS: readonly {
  readonly type: string;
  readonly paths: Readonly<Record<'Crawler' | 'Job', string>>;
}[] = [{ type: 'AWS::Glue::Trigger', paths: { Crawler: 'Actions.*.CrawlerName', Job: 'Actions.*.JobName' } }];

/** Where resources of a type name connections. */
export function pathsOfConnections(type: string): readonly string[] {
  return CONNECTION_USES.find((use) => use.type === type)?.paths ?? [];
}

/** Where resources of a type name what they start. */
export function pathsOfStarted(type: string) {
  return STARTERS.find((starter) => starter.type === type)?.paths;
}
