export type Properties = Readonly<Record<string, unknown>>;

export interface ResourceRequest {
  readonly stackId: string;
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  readonly logicalId: string;
  readonly resourceType: string;
  /** With every intrinsic function evaluated. Dynamic references (`{{resolve:…}}`) are left as they are. */
  readonly properties: Properties;
  /** Aborted when CloudFormation stops waiting, because another resource has failed. */
  readonly signal: AbortSignal;
}

export interface ResourceUpdateRequest extends ResourceRequest {
  readonly physicalId: string;
  readonly previousProperties: Properties;
}

export interface ResourceDeleteRequest extends ResourceRequest {
  readonly physicalId: string;
}

export interface ResourceResult {
  readonly physicalId: string;
  /** What `Ref` returns. @default - the physical id */
  readonly ref?: string;
  /** What `Fn::GetAtt` returns, by attribute name; dots in a name are part of it. */
  readonly attributes?: Properties;
  /** Whether attributes are masked where properties are shown. @default false */
  readonly noEcho?: boolean;
}

/** What CloudFormation does with nested stacks beside, because their updates end when that of the stack around ends. */
export interface NestedUpdates {
  /** Whether there is an update that has not ended. */
  isOpen(physicalId: string): boolean;
  /** Ends an open update that has succeeded or been rolled back. */
  cleanUp(physicalId: string): Promise<void>;
}

/**
 * What CloudFormation does with one resource type. A promise that rejects fails the resource; the error's message
 * becomes the status reason. A `ResourceFailure` also names what was left behind; a `RequestRefused` says: nothing.
 */
export interface ResourceHandler {
  create(request: ResourceRequest): Promise<ResourceResult>;

  /**
   * Changes it in place: what needs a new physical resource by its type is a `create` and a `delete`. Returning another
   * physical id makes the update a replacement, too. @default - any change replaces the resource
   */
  update?(request: ResourceUpdateRequest): Promise<ResourceResult>;

  delete(request: ResourceDeleteRequest): Promise<void>;

  /** @default - the resources are no stacks */
  readonly nested?: NestedUpdates;
}
