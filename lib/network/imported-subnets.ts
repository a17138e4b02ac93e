import type { IConstruct } from 'constructs';
import type { AppReferences } from '../cdk/app-references';
import { idGivenBy, type Id } from './ids';

/** What an app says of a subnet that it only knows by its id. */
export interface ImportedSubnet {
  readonly vpc?: Id;
  readonly routeTable?: Id;
}

/** The subnets that constructs such as those of `Vpc.fromVpcAttributes` and `Subnet.fromSubnetAttributes` stand for. */
export class ImportedSubnets {
  private byId?: Map<string, ImportedSubnet>;

  constructor(
    private readonly constructs: readonly IConstruct[],
    private readonly references: AppReferences,
  ) {}

  /** All that is said of it; nothing of one that the app creates. */
  find(subnet: Id): ImportedSubnet {
    return (subnet.resource === undefined ? this.all().get(subnet.key) : undefined) ?? {};
  }

  private all(): Map<string, ImportedSubnet> {
    if (this.byId === undefined) {
      this.byId = new Map();
      for (const construct of this.constructs) {
        this.read(construct, this.byId);
      }
    }
    return this.byId;
  }

  private read(construct: IConstruct, all: Map<string, ImportedSubnet>): void {
    if ('subnetId' in construct && 'routeTable' in construct) {
      this.add(construct, undefined, all);
    }
    if ('vpcId' in construct && 'privateSubnets' in construct) {
      const vpc = this.idOf(construct, () => construct.vpcId);
      subnetsOf(construct).forEach((subnet) => this.add(subnet, vpc, all));
    }
  }

  private add(construct: IConstruct, vpc: Id | undefined, all: Map<string, ImportedSubnet>): void {
    const { subnetId, routeTable } = getters(construct);
    const subnet = this.idOf(construct, subnetId);
    if (subnet !== undefined && subnet.resource === undefined) {
      const known = all.get(subnet.key);
      all.set(subnet.key, {
        vpc: known?.vpc ?? vpc,
        routeTable: known?.routeTable ?? this.idOf(construct, routeTable),
      });
    }
  }

  /** What was not given throws an error when it is read. */
  private idOf(construct: IConstruct, read: () => unknown): Id | undefined {
    try {
      return idGivenBy(this.references, construct, read());
    } catch {
      return undefined;
    }
  }
}

function subnetsOf(vpc: object): IConstruct[] {
  const { publicSubnets, privateSubnets, isolatedSubnets } = vpc as Readonly<Record<string, unknown>>;
  return [publicSubnets, privateSubnets, isolatedSubnets].flatMap((subnets) =>
    Array.isArray(subnets) ? (subnets as IConstruct[]) : [],
  );
}

function getters(construct: object) {
  const subnet = construct as {
    readonly subnetId?: unknown;
    readonly routeTable?: { readonly routeTableId?: unknown };
  };
  return { subnetId: () => subnet.subnetId, routeTable: () => subnet.routeTable?.routeTableId };
}
