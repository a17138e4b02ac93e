/**
 * What is known of a connection's network: plain facts. The app's constructs tell them at synthesis, EC2 tells them after a
 * failure.
 *
 * Whatever is undefined is not known, and nothing is concluded from it. Ids are compared as texts: at synthesis, any name
 * that stays the same will do.
 */
export interface NetworkFacts {
  readonly connection: ConnectionFacts;
  readonly subnet?: SubnetFacts;
  readonly vpc?: VpcFacts;
  /** The security groups of the connection. */
  readonly securityGroups?: Listing<SecurityGroupFacts>;
  /** The one that the subnet uses. */
  readonly routeTable?: RouteTableFacts;
  /** NAT gateways that routes name. */
  readonly natGateways?: readonly NatGatewayFacts[];
  /** The VPC's. */
  readonly endpoints?: Listing<EndpointFacts>;
  /** The subnet's. */
  readonly networkAcl?: NetworkAclFacts;
  readonly store?: StoreFacts;
}

/** Several things, and whether these are all: if not, nothing is concluded from what is missing. */
export interface Listing<T> {
  readonly items: readonly T[];
  readonly isComplete: boolean;
}

export interface ConnectionFacts {
  readonly availabilityZone?: string;
  /** Whether Glue has to call these services for the connection. */
  readonly uses?: {
    readonly secretsManager?: boolean;
    readonly kms?: boolean;
    readonly sts?: boolean;
  };
}

export interface SubnetFacts {
  readonly id: string;
  /**
   * Whether there is no such subnet; then nothing else is known.
   *
   * @default false
   */
  readonly isMissing?: boolean;
  readonly vpcId?: string;
  readonly availabilityZone?: string;
  /** Such as `euw1-az1`, which connections may name as well. */
  readonly availabilityZoneId?: string;
  /** All of them, IPv4 and IPv6. */
  readonly cidrs?: readonly string[];
  readonly freeAddresses?: number;
}

export interface VpcFacts {
  readonly id: string;
  readonly hasDnsSupport?: boolean;
  readonly hasDnsHostnames?: boolean;
}

export interface SecurityGroupFacts {
  readonly id: string;
  /**
   * Whether there is no such group; then nothing else is known.
   *
   * @default false
   */
  readonly isMissing?: boolean;
  readonly vpcId?: string;
  readonly inbound?: Listing<PermissionFacts>;
  readonly outbound?: Listing<PermissionFacts>;
}

/** What one rule of a security group allows one peer. A rule with several peers is several of them. */
export interface PermissionFacts {
  readonly tcpPorts?: TcpPorts;
  readonly peer?: Peer;
}

/** From one port to another; `NONE` where a rule is about other protocols alone. `tcpPortsOf` makes them. */
export type TcpPorts = PortRange | 'NONE';

export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** Where traffic comes from or goes to. What a prefix list holds is not known. */
export type Peer = { readonly cidr: string } | { readonly securityGroupId: string } | { readonly prefixListId: string };

export interface RouteTableFacts {
  readonly id: string;
  /** With those to the VPC itself, of the kind `LOCAL`. */
  readonly routes: Listing<RouteFacts>;
}

export interface RouteFacts {
  /** A range of addresses; undefined where the destination is a prefix list, or not known. */
  readonly cidr?: string;
  readonly target?: RouteTarget;
  /**
   * Whether the target is gone.
   *
   * @default false
   */
  readonly isBlackHole?: boolean;
}

export interface RouteTarget {
  /** `OTHER` leads to networks of which nothing is known: peerings, transit gateways, VPNs, appliances. */
  readonly kind: 'LOCAL' | 'INTERNET_GATEWAY' | 'NAT_GATEWAY' | 'GATEWAY_ENDPOINT' | 'OTHER';
  readonly id: string;
}

export interface NatGatewayFacts {
  readonly id: string;
  /** Such as `available`, in EC2's words. */
  readonly state?: string;
}

export interface EndpointFacts {
  readonly id: string;
  readonly kind: 'GATEWAY' | 'INTERFACE' | 'OTHER';
  /** The last part of the service's name, such as `s3`; `serviceOfEndpoint` tells it. Undefined where it isn't known. */
  readonly service?: string;
  /** Those that a gateway endpoint is in. */
  readonly routeTableIds?: Listing<string>;
  readonly hasPrivateDns?: boolean;
  readonly securityGroups?: Listing<SecurityGroupFacts>;
}

export interface NetworkAclFacts {
  readonly id: string;
  readonly entries: Listing<AclEntryFacts>;
}

export interface AclEntryFacts {
  readonly direction: 'INBOUND' | 'OUTBOUND';
  /** The lowest that matches decides. */
  readonly number: number;
  readonly action: 'ALLOW' | 'DENY';
  readonly cidr?: string;
  readonly tcpPorts?: TcpPorts;
}

export interface StoreFacts {
  readonly host?: string;
  readonly port?: number;
  /** All that the host's name stands for in the VPC of the connection. */
  readonly addresses?: readonly string[];
  /**
   * Whether the name certainly stands for nothing.
   *
   * @default false
   */
  readonly isNameUnknown?: boolean;
  /** Those with the addresses. */
  readonly networkInterfaces?: Listing<NetworkInterfaceFacts>;
}

/** What the store receives through: a network interface, or at synthesis the construct that will have one. */
export interface NetworkInterfaceFacts {
  readonly id: string;
  /** Where there are none, all is let in. */
  readonly securityGroups?: Listing<SecurityGroupFacts>;
}
