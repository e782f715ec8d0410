/** The little of Mermaid's grammar that the diagrams use, and that parties are declared first. */
import { expect } from 'vitest';

const TEXT = '(?:[^#;:%<>"]|#\\d+;)+'; // entities are the only place for # and ;
const HEAD = /^sequenceDiagram$/;
const TITLE = new RegExp(`^ {2}title ${TEXT}$`);
const PARTY = new RegExp(`^ {2}(?:actor|participant) (P\\d+) as ${TEXT}$`);
const LOOP = /^ {2}loop for ever$/;
const END = /^ {2}end$/;
const ARROW = new RegExp(`^ +(P\\d+)--?>>(P\\d+): ${TEXT}$`);
const NOTE = new RegExp(`^ +Note over (P\\d+)(?:,(P\\d+))?: ${TEXT}$`);

/**
 * Fails the test where a line is none of these, names a party that was not declared, or does not
 * stand as deep as it is in a loop, which ends.
 */
export function expectMermaid(diagram: string): void {
  expect(diagram.endsWith('\n')).toBe(true);
  const [head, ...lines] = diagram.slice(0, -1).split('\n');
  expect(head).toMatch(HEAD);
  const declared = new Set<string>();
  let isInLoop = false;
  lines.forEach((line, i) => {
    if (isInLoop ? END.test(line) : LOOP.test(line)) {
      isInLoop = !isInLoop;
      return;
    }
    const party = PARTY.exec(line);
    if (party) declared.add(party[1] ?? '');
    else if (i > 0 || !TITLE.test(line)) {
      const [, ...named] = ARROW.exec(line) ?? NOTE.exec(line) ?? [];
      expect(named, line).not.toEqual([]);
      expect(/^ */.exec(line)?.[0], line).toHaveLength(isInLoop ? 4 : 2);
      for (const id of named) if (id !== undefined) expect(declared, line).toContain(id);
    }
  });
  expect(isInLoop).toBe(false);
}
