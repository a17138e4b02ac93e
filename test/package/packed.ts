import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { copyProject } from '../../tools/package/copy';
import { run } from '../../tools/package/run';
import packageJson from '../../package.json';

export const INSTALLED = path.resolve(__dirname, '../../node_modules');

/** What `npm pack` makes of the sources beside the tests, built in a copy of them. */
export class PackedPackage {
  static create(): PackedPackage {
    const folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-package-'));
    const sources = path.join(folder, 'sources');
    copyProject(sources);
    symlinkSync(INSTALLED, path.join(sources, 'node_modules'));
    // Its script `prepack` builds.
    const report = run(sources, 'npm', 'pack', '--json', '--foreground-scripts=false', '--pack-destination', folder);
    return new PackedPackage(folder, sources, reportOf(report));
  }

  readonly archive: string;
  /** In bytes, as it is downloaded. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly string[];

  private constructor(
    readonly folder: string,
    /** The copy, with all that was built. */
    readonly sources: string,
    { filename, size, unpackedSize, files }: PackReport,
  ) {
    this.archive = path.join(folder, filename);
    this.size = size;
    this.unpackedSize = unpackedSize;
    this.files = files.map((file) => file.path);
  }

  /**
   * Installs the archive into an empty project. Its peers are linked afterwards, so that nothing is downloaded and nothing
   * else is there to be imported by accident.
   */
  install(): string {
    const project = path.join(this.folder, 'project');
    mkdirSync(project);
    writeFileSync(path.join(project, 'package.json'), JSON.stringify({ name: 'project', private: true }));
    run(project, 'npm', 'install', '--offline', '--legacy-peer-deps', '--no-audit', '--no-fund', this.archive);
    for (const peer of Object.keys(packageJson.peerDependencies)) {
      symlinkSync(path.join(INSTALLED, peer), path.join(project, 'node_modules', peer));
    }
    return project;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

interface PackReport {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

function reportOf(json: string): PackReport {
  const [report] = JSON.parse(json) as [PackReport];
  return report;
}
