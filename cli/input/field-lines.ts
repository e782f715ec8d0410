/** The lines on which the fields of a topology file stand. */
import { type Document, isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import { type FieldPath, NAMED, pathText } from '../../properties/causes/cause.ts';
import type { FieldLines } from '../../properties/causes/field-lines.ts';

export function fieldLinesOf(document: Document.Parsed, text: string): FieldLines {
  const lines: Record<string, number> = {};
  const starts = [...text.matchAll(/\n/g)].map(({ index }) => index);
  const lineAt = (offset: number): number => {
    const next = starts.findIndex((start) => start >= offset);
    return (next < 0 ? starts.length : next) + 1;
  };
  const visit = (node: unknown, path: FieldPath): void => {
    const found = isAlias(node) ? node.resolve(document) : node;
    if (isMap(found))
      for (const { key, value } of found.items) visit(value, [...path, String(key)]);
    else if (isScalar(found) || isSeq(found)) {
      const offset = (node as Node).range?.[0];
      if (offset !== undefined && path.length > 0) lines[pathText(path)] = lineAt(offset);
    }
    if (!isSeq(found)) return;
    const isNamed = path.length === 1 && NAMED.includes(String(path[0]));
    for (const [i, item] of found.items.entries())
      visit(item, [...path, isNamed ? nameOf(item, document, i) : i]);
  };
  visit(document.contents, []);
  return lines;
}

function nameOf(item: unknown, document: Document.Parsed, i: number): string | number {
  const found = isAlias(item) ? item.resolve(document) : item;
  return isMap(found) ? String(found.get('name')) : i;
}
