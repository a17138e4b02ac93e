/** Shows a time as `0.2 s` or `3 min 5 s`. */
export function showDuration(milliseconds: number): string {
  if (milliseconds < 59_950) {
    return `${(milliseconds / 1_000).toFixed(1)} s`;
  }
  const seconds = Math.round(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
