import { RequestRefused, type Properties, type ResourceHandler } from '../cloudformation';
import type { SecretsManager } from '../services/secrets-manager';
import { promised } from './completion';

/** Finds the properties of a resource of any stack; nothing where there is none. */
export type FindResource = (resourceType: string, physicalId: string) => Properties | undefined;

/** What an attachment adds to a secret, and what is gone with it. */
interface ConnectionDetails {
  readonly engine: string;
  readonly host: string;
  readonly port: number;
  readonly dbname?: string;
  readonly dbInstanceIdentifier?: string;
  readonly dbClusterIdentifier?: string;
}

const KEYS = [
  'engine',
  'host',
  'port',
  'dbname',
  'dbInstanceIdentifier',
  'dbClusterIdentifier',
] satisfies readonly (keyof ConnectionDetails)[];

/** By the beginning of the engine's name in RDS: its name in secrets, and the port where none is given. */
const ENGINES: readonly (readonly [prefix: string, engine: string, port: number])[] = [
  ['aurora-postgresql', 'postgres', 5432],
  ['postgres', 'postgres', 5432],
  ['aurora', 'mysql', 3306],
  ['mysql', 'mysql', 3306],
  ['mariadb', 'mariadb', 3306],
  ['oracle', 'oracle', 1521],
  ['custom-oracle', 'oracle', 1521],
  ['sqlserver', 'sqlserver', 1433],
  ['custom-sqlserver', 'sqlserver', 1433],
  ['db2', 'db2', 50_000],
];

/** By type of target, whose engine its type tells. */
const STORES: Readonly<Record<string, readonly [engine: string, port: number]>> = {
  'AWS::Redshift::Cluster': ['redshift', 5439],
  'AWS::DocDB::DBCluster': ['mongo', 27_017],
  'AWS::DocDB::DBInstance': ['mongo', 27_017],
};

/**
 * The database itself is a record that does nothing: its address is what `Fn::GetAtt` gives for it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secrettargetattachment.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
export function secretTargetAttachmentHandler(secretsManager: SecretsManager, find: FindResource): ResourceHandler {
  const attach = ({ SecretId, TargetId, TargetType }: Properties) => {
    const [type, id] = [String(TargetType), String(TargetId)];
    const target = find(type, id);
    if (target === undefined) {
      throw new RequestRefused(`${type} ${id} was not found`);
    }
    const details = detailsOf(type, id, target);
    return { physicalId: edit(secretsManager, String(SecretId), (others) => ({ ...others, ...details })) };
  };
  return {
    create: ({ properties }) => promised(() => attach(properties)),
    // Another secret is another physical id, which makes it a replacement.
    update: ({ properties }) => promised(() => attach(properties)),
    delete: ({ physicalId }) =>
      promised(() => {
        // Without its secret there is nothing to take back.
        if (secretsManager.records.has(physicalId)) {
          edit(secretsManager, physicalId, (others) => others);
        }
      }),
  };
}

/** Stores a secret anew, made of what is not the attachment's. @returns its ARN */
function edit(secretsManager: SecretsManager, secretId: string, change: (others: Properties) => Properties): string {
  const { arn, value } = secretsManager.current(secretId);
  const others = Object.entries(parse(value)).filter(([key]) => !(KEYS as readonly string[]).includes(key));
  secretsManager.put(arn, JSON.stringify(change(Object.fromEntries(others))));
  return arn;
}

function parse(value: unknown): Properties {
  try {
    const parsed: unknown = JSON.parse(String(value));
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
      return parsed as Properties;
    }
  } catch {
    // It is said below.
  }
  throw new RequestRefused('The secret must hold a JSON object');
}

function detailsOf(type: string, id: string, target: Properties): ConnectionDetails {
  const [engine, usualPort] = STORES[type] ?? engineOf(type, String(target.Engine));
  const dbname = (target.DBName ?? target.DatabaseName) as string | undefined;
  return {
    engine,
    host: `${id}.${type.startsWith('AWS::DocDB::') ? 'Endpoint' : 'Endpoint.Address'}`,
    port: Number(target.Port ?? target.DBPort ?? usualPort),
    ...(dbname !== undefined && { dbname }),
    ...(type.endsWith('Instance') ? { dbInstanceIdentifier: id } : { dbClusterIdentifier: id }),
  };
}

function engineOf(type: string, name: string): readonly [engine: string, port: number] {
  const [, engine, port] = ENGINES.find(([prefix]) => name.startsWith(prefix)) ?? [];
  if (!/^AWS::RDS::DB(Instance|Cluster)$/.test(type) || engine === undefined || port === undefined) {
    throw new RequestRefused(`A target of the type ${type} with the engine ${name} is not modelled`);
  }
  return [engine, port];
}
