import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.join(__dirname, '../..');
const PAGES = ['README.md', 'docs/from-aws-custom-resource.md', 'docs/guide.md', 'docs/monitor.md', 'docs/sweep.md'];
const fixture = readFileSync(path.join(ROOT, 'rosetta/default.ts-fixture'), 'utf8');

jest.setTimeout(60_000);

/** What all pages import, which is parsed once. */
const parsed = new Map<string, ts.SourceFile | undefined>();

// Those of the README and of the API are also compiled by jsii-rosetta, when the packages are built.
test.each(PAGES)('the examples of %s compile', (page) => {
  const markdown = readFileSync(path.join(ROOT, page), 'utf8');
  const examples = Array.from(markdown.matchAll(/^```ts\n([^]*?)^```$/gm), ([, code = '']) => code);
  const sources = new Map(
    examples.map((code, index) => [path.join(ROOT, `example-${index}.ts`), fixture.replace('/// here', code)]),
  );

  expect(sources.size).toBeGreaterThan(0);
  expect(problemsOf(sources)).toEqual([]);
});

function problemsOf(sources: ReadonlyMap<string, string>): string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts'],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
    paths: { 'cdk-glue-connection-test': [path.join(ROOT, 'lib/index.ts')] },
  };
  const host = ts.createCompilerHost(options);
  host.readFile = (file) => sources.get(file) ?? ts.sys.readFile(file);
  host.fileExists = (file) => sources.has(file) || ts.sys.fileExists(file);
  const parse = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...rest) => {
    if (sources.has(file)) {
      return parse(file, ...rest);
    }
    parsed.set(file, parsed.get(file) ?? parse(file, ...rest));
    return parsed.get(file);
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  return [...sources.keys()]
    .flatMap((file) => {
      const source = program.getSourceFile(file);
      return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    })
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
