import { spawnSync } from 'node:child_process';

/** What a package in one language is built with, and used with. */
interface Toolchain {
  readonly title: string;
  readonly needs: string;
  /** Each must succeed where the toolchain is there. */
  readonly probes: readonly (readonly [string, ...string[]])[];
}

/** By what jsii calls them. */
export const TOOLCHAINS = {
  js: { title: 'TypeScript', needs: 'npm', probes: [['npm', '--version']] },
  python: {
    title: 'Python',
    needs: 'Python 3.10 or later, as python3 and with its module venv',
    probes: [['python3', '-c', 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 10))']],
  },
  java: {
    title: 'Java',
    needs: 'a JDK and Maven',
    probes: [
      ['javac', '-version'],
      ['mvn', '--version'],
    ],
  },
  dotnet: { title: '.NET', needs: 'the .NET SDK', probes: [['dotnet', '--version']] },
  go: { title: 'Go', needs: 'Go', probes: [['go', 'version']] },
} as const satisfies Record<string, Toolchain>;

export type Language = keyof typeof TOOLCHAINS;

export function isInstalled(language: Language): boolean {
  return TOOLCHAINS[language].probes.every(([program, ...args]) => spawnSync(program, args).status === 0);
}
