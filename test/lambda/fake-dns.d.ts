/** Answers for DNS, by a table of names: addresses, or silence. Each other name is unknown. */
export function installDns(table: Readonly<Record<string, readonly string[] | 'SILENCE'>>): void;
