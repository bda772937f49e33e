/**
 * A key with its middle hidden, as New API shows it in lists (generations 3 and 4):
 * up to four characters nothing, up to eight two and two, else four and four.
 */
export function maskKey(key: string): string {
  if (key.length <= 4) return '*'.repeat(key.length);
  if (key.length <= 8) return `${key.slice(0, 2)}****${key.slice(-2)}`;
  return `${key.slice(0, 4)}**********${key.slice(-4)}`;
}
