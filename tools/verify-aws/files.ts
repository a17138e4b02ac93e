import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Results } from './results';
import type { SeenText } from './seen-texts';
import { fillTable } from './table';
import { UNKNOWNS } from './unknowns';

const ROOT = path.resolve(__dirname, '../..');

/** Where the answers are kept: in this repository, or in a folder. */
export class Files {
  readonly results: string;
  readonly texts: string;
  readonly page: string;

  constructor(folder?: string) {
    if (folder !== undefined) {
      mkdirSync(folder, { recursive: true });
    }
    const place = (file: string) =>
      folder === undefined ? path.join(ROOT, file) : path.join(folder, path.basename(file));
    this.results = place('test/integ/results.json');
    this.texts = place('test/lambda/failures/seen.json');
    this.page = place('docs/verify-aws.md');
  }

  readResults(): Results {
    return read(this.results, {});
  }

  readTexts(): readonly SeenText[] {
    return read(this.texts, []);
  }

  write(results: Results, texts: readonly SeenText[]): void {
    writeFileSync(this.results, `${JSON.stringify(results, undefined, 2)}\n`);
    writeFileSync(this.texts, `${JSON.stringify(texts, undefined, 2)}\n`);
    this.writePage();
  }

  /** Fills the table of the page, which in a folder begins as that of the repository. */
  writePage(): void {
    writeFileSync(this.page, this.filledPage());
  }

  filledPage(): string {
    const page = readFileSync(existsSync(this.page) ? this.page : path.join(ROOT, 'docs/verify-aws.md'), 'utf8');
    return fillTable(page, UNKNOWNS, this.readResults());
  }
}

function read<T>(file: string, otherwise: T): T {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : otherwise;
}
