import { types } from 'node:util';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- constructors of any kind
type Class = abstract new (...args: any[]) => object;

/** An instance of a class. No template has such keys. */
interface Tagged {
  readonly '\0class': string;
  readonly '\0fields': object;
}

/**
 * Turns object graphs into what Node.js can serialize, and back: instances of the given classes keep their class, and
 * what is shared stays shared. Functions are left out; whoever needs them sets them again.
 *
 * @see https://nodejs.org/api/v8.html#serialization-api
 */
export class ObjectGraph {
  private readonly names: ReadonlyMap<object, string>;

  constructor(private readonly classes: Readonly<Record<string, Class>>) {
    this.names = new Map(Object.entries(classes).map(([name, { prototype }]) => [prototype as object, name]));
  }

  /** @throws Error naming a class that is none of those */
  dehydrate(value: unknown): unknown {
    return copy(value, (instance) => {
      const prototype = Object.getPrototypeOf(instance) as object | null;
      // The last in the chain of prototypes: an object of none of the classes, from whatever realm.
      if (prototype === null || Object.getPrototypeOf(prototype) === null) {
        return { target: {}, fill: (target, again) => fillFields(target, instance, again) };
      }
      const name = this.names.get(prototype);
      if (name === undefined) {
        throw new Error(`an instance of ${prototype.constructor.name} cannot be saved`);
      }
      const fields = {};
      return {
        target: { '\0class': name, '\0fields': fields } satisfies Tagged,
        fill: (_, again) => fillFields(fields, instance, again),
      };
    });
  }

  hydrate(value: unknown): unknown {
    return copy(value, (plain) => {
      if (!isTagged(plain)) {
        return { target: {}, fill: (target, again) => fillFields(target, plain, again) };
      }
      const { prototype } = this.classes[plain['\0class']] ?? {};
      const target = Object.create(prototype as object) as object;
      return { target, fill: (filled, again) => fillFields(filled, plain['\0fields'], again) };
    });
  }
}

type Again = (value: unknown) => unknown;
type CopyObject = (value: object) => { readonly target: object; readonly fill: (target: object, again: Again) => void };

function isTagged(value: object): value is Tagged {
  return '\0class' in value;
}

/** Copies each object once. Targets are known before they are filled, for there may be cycles. */
function copy(root: unknown, copyObject: CopyObject): unknown {
  const copies = new Map<object, unknown>();
  const again: Again = (value) => {
    if (typeof value === 'function') {
      return undefined;
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    if (!copies.has(value)) {
      copyInto(value, again, copyObject, (target) => copies.set(value, target));
    }
    return copies.get(value);
  };
  return again(root);
}

function copyInto(value: object, again: Again, copyObject: CopyObject, announce: (target: object) => void): void {
  if (types.isDate(value)) {
    announce(new Date(value));
  } else if (types.isUint8Array(value)) {
    announce(new Uint8Array(value));
  } else if (Array.isArray(value)) {
    const target: unknown[] = [];
    announce(target);
    value.forEach((item) => target.push(again(item)));
  } else if (types.isMap(value)) {
    const target = new Map<unknown, unknown>();
    announce(target);
    value.forEach((member, key) => target.set(again(key), again(member)));
  } else if (types.isSet(value)) {
    const target = new Set<unknown>();
    announce(target);
    value.forEach((member) => target.add(again(member)));
  } else {
    const { target, fill } = copyObject(value);
    announce(target);
    fill(target, again);
  }
}

function fillFields(target: object, source: object, again: Again): void {
  for (const [key, member] of Object.entries(source)) {
    Object.defineProperty(target, key, { value: again(member), writable: true, enumerable: true, configurable: true });
  }
}
