import { isSource, sourceOf } from '../departments/sources.js';
import type { Name } from '../departments/source.js';
import type { Source } from '../terms/index.js';

const codeName = (code: string): Name => ({ zh: code, en: code });

/** A source whose file is gone is still named by its code. */
export function sourceNamed(source: Source): { readonly name: Name; readonly article: string } {
  if (!isSource(source)) return { name: codeName(source), article: 'LAW-2026 art. 41' };
  const { name, article } = sourceOf(source);
  return { name, article };
}

export const itemsNamed = (source: Source, items: readonly string[]): { item: string; name: Name }[] =>
  items.map((item) => ({
    item,
    name: (isSource(source) ? sourceOf(source).items[item]?.name : undefined) ?? codeName(item),
  }));
