import { spawnSync } from 'node:child_process';
import { program } from '../python';

export interface Finding {
  readonly rule: string;
  readonly message: string;
  readonly file: string;
  /** Such as `Resources/Test/DependsOn/0`. */
  readonly where: string;
}

/** As much of its JSON as is read here. */
interface Match {
  readonly Rule: { readonly Id: string };
  readonly Message: string;
  readonly Filename: string;
  readonly Location: { readonly Path?: readonly (string | number)[] | null };
}

/** All that cfn-lint says of templates, errors and warnings. */
export function lint(files: readonly string[]): Finding[] {
  const { status, stdout, stderr } = spawnSync(program('cfn-lint'), ['--format', 'json', ...files], {
    encoding: 'utf8',
    maxBuffer: Infinity,
  });
  // Each bit of the status stands for a kind of findings, and 1 for a failure of cfn-lint itself.
  if (status === null || status % 2 === 1) {
    throw new Error(`cfn-lint failed: ${stderr}${stdout}`);
  }
  return (JSON.parse(stdout) as Match[]).map(({ Rule, Message, Filename, Location }) => ({
    ...{ rule: Rule.Id, message: Message, file: Filename },
    where: (Location.Path ?? []).join('/'),
  }));
}
