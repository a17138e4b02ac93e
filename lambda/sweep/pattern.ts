/**
 * Whether a name matches a pattern, in which `*` stands for any characters and `?` for one: as in the resources of IAM
 * policies, so that a pattern and a permission mean the same connections.
 *
 * Going back to the last `*` alone is enough, and takes no more than the product of both lengths.
 */
export function matches(pattern: string, name: string): boolean {
  const [wanted, given] = [Array.from(pattern), Array.from(name)];
  let [at, in_] = [0, 0];
  let star = -1;
  let resume = 0;
  while (in_ < given.length) {
    if (wanted[at] === '*') {
      star = at++;
      resume = in_;
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === given[in_])) {
      at++;
      in_++;
    } else if (star !== -1) {
      at = star + 1;
      in_ = ++resume;
    } else {
      return false;
    }
  }
  return wanted.slice(at).every((character) => character === '*');
}
