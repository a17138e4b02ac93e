/** Whether a name is a pattern: `*` stands for any characters, and `?` for one. */
export function isPattern(name: string): boolean {
  return /[*?]/.test(name);
}

/** Returns what tells whether a whole name matches a pattern. */
export function matcher(pattern: string): (name: string) => boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    // A run of stars is one star: more of them would only cost time.
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 'su');
  return (name) => expression.test(name);
}
