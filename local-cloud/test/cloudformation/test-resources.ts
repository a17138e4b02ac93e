import type { Properties, ResourceHandler } from '../../src/cloudformation';

interface Call {
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly properties: Properties;
  readonly previousProperties?: Properties;
}

/**
 * Models `Test::Resource`: records what it is asked, and does it, fails or waits as a test has told it. A changed
 * property `Name` needs a replacement; an update with another `Place` gives the resource another physical id.
 */
export class TestResources implements ResourceHandler {
  /** As in `create A`, in the order of their beginning. */
  readonly begun: string[] = [];
  readonly ended: string[] = [];
  readonly requests = new Map<string, Call>();
  /** As in `create A`. */
  readonly failing = new Set<string>();
  private readonly held = new Map<string, Promise<void>>();
  private created = 0;

  async create(call: Call): Promise<{ physicalId: string; attributes: Properties }> {
    await this.perform('create', call);
    const physicalId = this.nextPhysicalId(call);
    return { physicalId, attributes: { Arn: `arn:${physicalId}`, Size: call.properties.Size ?? 'none' } };
  }

  async update(call: Call & { physicalId: string }): Promise<{ physicalId: string; attributes: Properties }> {
    await this.perform('update', call);
    const moves = call.properties.Place !== call.previousProperties?.Place;
    const physicalId = moves ? this.nextPhysicalId(call) : call.physicalId;
    return { physicalId, attributes: { Arn: `arn:${physicalId}`, Size: call.properties.Size } };
  }

  async delete(call: Call): Promise<void> {
    await this.perform('delete', call);
  }

  /** Keeps a call like `create A` from ending until the returned function is called. */
  hold(name: string): () => void {
    const { promise, resolve } = deferred();
    this.held.set(name, promise);
    return resolve;
  }

  private nextPhysicalId({ logicalId }: Call): string {
    this.created += 1;
    return `${logicalId}-${this.created}`;
  }

  private async perform(verb: string, call: Call): Promise<void> {
    const name = `${verb} ${call.logicalId}`;
    this.begun.push(name);
    this.requests.set(name, call);
    await this.held.get(name);
    this.ended.push(name);
    if (this.failing.has(name)) {
      throw new Error(`${name} failed`);
    }
  }
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((resolvePromise) => {
    resolve = resolvePromise;
  });
  return { promise, resolve };
}

/** Lets everything run that only waits for other promises. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
