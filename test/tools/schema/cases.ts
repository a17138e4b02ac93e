import fc, { type Arbitrary } from 'fast-check';
import { asRead, json, properties as arbitraryProperties } from '../../lambda/arbitraries';
import { anyName, COMPLETE, input, mostlyRight, reference, type Properties } from './right-cases';
import { borderText, NAMES, number, VALUES } from './wrong-values';

type Json = Record<string, unknown>;

/** A member of a map, at any depth. */
type Place = readonly [Json, string];

/** What is done to a member. */
type Slip = (...place: Place) => void;

/** Also under the name `__proto__`. */
function put(container: Json, name: string, value: unknown): void {
  Object.defineProperty(container, name, { value, configurable: true, enumerable: true, writable: true });
}

const remove: Slip = (container, name) => Reflect.deleteProperty(container, name);

const change =
  (value: unknown): Slip =>
  (container, name) =>
    put(container, name, value);

const add =
  (name: string, value: unknown): Slip =>
  (container) =>
    put(container, name, value);

const rename =
  (to: (name: string) => string): Slip =>
  (container, name) => {
    put(container, to(name), container[name]);
    remove(container, name);
  };

const RENAMES = [(name: string) => name.toLowerCase(), (name: string) => name.slice(1), (name: string) => `${name} `];

export function placesIn(container: Json): Place[] {
  return Object.entries(container).flatMap(([name, member]) => [
    [container, name],
    ...(typeof member === 'object' && member !== null && !Array.isArray(member) ? placesIn(member as Json) : []),
  ]);
}

/** A copy in which something was done to the member at one place. */
export function withSlip(properties: Properties, index: number, slip: Slip): Properties {
  const copy = asRead(properties) as Json;
  const place = placesIn(copy)[index];
  if (place !== undefined) {
    slip(...place);
  }
  return asRead(copy) as Properties;
}

/** Complete properties, with each single change to each of their members. */
export const EACH_SLIP: readonly Properties[] = COMPLETE.flatMap((properties) => {
  const slips = [...VALUES.map(change), ...NAMES.map((name) => add(name, 'x')), ...RENAMES.map(rename), remove];
  const places = placesIn(asRead(properties) as Json);
  return places.flatMap((_, index) => slips.map((slip) => withSlip(properties, index, slip)));
});

const slip: Arbitrary<Slip> = fc.oneof(
  { weight: 4, arbitrary: borderText.map(change) },
  { weight: 2, arbitrary: number.map(change) },
  { weight: 2, arbitrary: fc.oneof(reference, json, input).map(change) },
  { weight: 1, arbitrary: fc.constant(remove) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.oneof(anyName, borderText), fc.oneof(borderText, json)).map((its) => add(...its)),
  },
  { weight: 1, arbitrary: fc.constantFrom(...RENAMES).map(rename) },
);

const wrong = fc
  .tuple(mostlyRight, fc.array(fc.tuple(fc.nat(), slip), { minLength: 1, maxLength: 2 }))
  .map(([properties, slips]) =>
    slips.reduce((its, [at, act]) => withSlip(its, at % placesIn(its).length, act), properties),
  );

/** Right ones and wrong ones. */
export const cases: Arbitrary<Properties> = fc.oneof(
  { weight: 1, arbitrary: mostlyRight },
  { weight: 2, arbitrary: wrong },
  { weight: 1, arbitrary: arbitraryProperties.map((properties) => asRead(properties) as Properties) },
);
