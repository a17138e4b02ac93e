import { fold, originOf, readingsOf, type Range, type Reading } from './readings';

/** A value that short is no secret, and masking it would make every text unreadable. */
const MIN_SECRET_LENGTH = 3;

/** What is looked for in the readings of a text. */
interface Trace {
  readonly text: string;
  /** Whether it is part of something encoded, which goes as a whole. */
  readonly isBase64: boolean;
}

/** Traces by how they begin, so that a text is gone through once for all of them. */
type Traces = ReadonlyMap<string, readonly Trace[]>;

/** Secrets that are known, and where a text repeats them, however it is encoded. */
export class KnownSecrets {
  private readonly secrets = new Set<string>();
  /** Made when they are next needed: many secrets may be learnt at once. */
  private traces: { readonly exact: Traces; readonly folded: Traces } | undefined;

  add(secret: string): void {
    if (secret.length >= MIN_SECRET_LENGTH && !this.secrets.has(secret)) {
      this.secrets.add(secret);
      this.traces = undefined;
    }
  }

  find(readings: readonly Reading[]): Range[] {
    this.traces ??= tracesOf(this.secrets);
    const { exact, folded } = this.traces;
    return readings.flatMap((reading) => [...findAll(reading, exact), ...findAll(fold(reading), folded)]);
  }
}

function tracesOf(secrets: ReadonlySet<string>) {
  const exact = new Set<string>();
  const folded = new Set<string>();
  const base64 = new Set<string>();
  for (const secret of secrets) {
    const plain = readingsOf(secret).map(({ text }) => text);
    // Upper case that folds to something else: only outside of ASCII.
    const forms = [...plain, ...plain.filter((text) => /[^\0-\x7F]/.test(text)).map((text) => text.toUpperCase())];
    // Drivers trim what they are given.
    const texts = forms.map(textOf).flatMap((text) => [text, text.trim()]);
    texts.filter(isLongEnough).forEach((text) => folded.add(text));
    if (!texts.some(isLongEnough)) {
      exact.add(secret);
    }
    base64Of(secret.trim()).forEach((text) => base64.add(textOf(text)));
  }
  return { exact: byBeginning(exact, []), folded: byBeginning(folded, base64) };
}

function byBeginning(plain: Iterable<string>, base64: Iterable<string>): Traces {
  const traces = new Map<string, Trace[]>();
  const add = (text: string, isBase64: boolean) => {
    const beginning = text.slice(0, MIN_SECRET_LENGTH);
    const others = traces.get(beginning);
    if (others === undefined) {
      traces.set(beginning, [{ text, isBase64 }]);
    } else {
      others.push({ text, isBase64 });
    }
  };
  Array.from(plain, (text) => add(text, false));
  Array.from(base64, (text) => add(text, true));
  return traces;
}

function textOf(text: string): string {
  return fold({ text }).text;
}

function isLongEnough({ length }: string): boolean {
  return length >= MIN_SECRET_LENGTH;
}

/** What a secret looks like in Base64, whatever stands before and after it: three ways, by where its first byte falls. */
function base64Of(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const [first, end] = [Math.ceil((offset * 4) / 3), Math.floor(((offset + bytes.length) * 4) / 3)];
    const certain = encoded.slice(first, end);
    const forUrls = certain.replaceAll('+', '-').replaceAll('/', '_');
    return certain.length < 4 ? [] : [certain, forUrls];
  });
}

const BASE64 = /[\w+/=-]/;

function findAll(reading: Reading, traces: Traces): Range[] {
  const ranges: Range[] = [];
  const { text } = reading;
  for (let at = 0; at <= text.length - MIN_SECRET_LENGTH; at++) {
    for (const trace of traces.get(text.slice(at, at + MIN_SECRET_LENGTH)) ?? []) {
      if (text.startsWith(trace.text, at)) {
        const range: Range = [at, at + trace.text.length];
        ranges.push(originOf(reading, trace.isBase64 ? wholeBase64(text, range) : range));
      }
    }
  }
  return ranges;
}

function wholeBase64(text: string, [from, to]: Range): Range {
  let [start, end] = [from, to];
  while (start > 0 && BASE64.test(text.charAt(start - 1))) {
    start--;
  }
  while (BASE64.test(text.charAt(end))) {
    end++;
  }
  return [start, end];
}
