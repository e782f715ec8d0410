/**
 * The program of a process: npm's `z3-solver`, asked as an installed solver is. It reads SMT-LIB
 * and prints the answers. Its argument is the file of the package.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** What is used of the package. */
type Package = {
  readonly init: () => Promise<{
    readonly Z3: {
      readonly mk_config: () => number;
      readonly mk_context: (config: number) => number;
    };
    readonly em: {
      readonly ccall: (name: string, ...call: readonly unknown[]) => string;
    };
  }>;
};

const PIECE = 1_000_000; // characters; a call's text has to fit on a stack of 20 MB

/** The text, cut where no scope is open. */
function* piecesOf(text: string): Generator<string> {
  let [from, open] = [0, 0];
  for (const { 0: line, index } of text.matchAll(/^\((?:push|pop) 1\)\n/gm)) {
    open += line.startsWith('(push') ? 1 : -1;
    const end = index + line.length;
    if (open > 0 || end - from < PIECE) continue;
    yield text.slice(from, end);
    from = end;
  }
  yield text.slice(from);
}

const path = process.argv[2]!;
const text = readFileSync(0, 'utf8'); // all of it first: its writer may wait
const { init } = createRequire(pathToFileURL(path))(path) as Package;
const { Z3, em } = await init();
const context = Z3.mk_context(Z3.mk_config());
/**
 * Not by the package's own `eval_smtlib2_string`: it leaves the text on a stack that it gives up
 * before its thread has read it, and of many calls some read what came after.
 */
for (const piece of piecesOf(text))
  process.stdout.write(
    em.ccall('Z3_eval_smtlib2_string', 'string', ['number', 'string'], [context, piece]),
  );
