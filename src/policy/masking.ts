/** 「张三丰」 → 「张**」, by code point; a name with 「·」 keeps its first part's first character. Nothing else leaves the house. */
export function maskName(name: string): string {
  const [first = '', ...rest] = Array.from(name);
  return first + '*'.repeat(Math.max(1, Math.min(rest.length, 2)));
}
