/** The shape of a document of verdicts, and the errors of data with another shape. */
import * as z from 'zod';
import { FORMAT, type Verdicts } from '../../../properties/verdicts/verdicts.ts';
import { BadDocument } from './bad-document.ts';
import { deployment } from './document-deployment.ts';

z.config({ jitless: true }); // the page's security policy allows no code made of text

const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();
const record = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape).readonly();

const line = z.string().min(1).max(1000);
const count = z.int().min(0);

const event = z.looseObject({ type: line }).readonly();
const delivery = record({ from: line, to: line, event });
const step = record({ component: line, event, deliveries: list(delivery) });
const verdict = z.enum(['holds', 'violated', 'witnessed', 'unwitnessed']);

type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : false) : false;

/** The schema itself. Does not compile where it differs from the type. */
const exactly =
  <Type>() =>
  <Schema extends z.ZodType>(
    schema: Same<z.infer<Schema>, Type> extends true ? Schema : never,
  ): Schema =>
    schema;

const verdicts = exactly<Verdicts>()(
  record({
    format: z.literal(FORMAT),
    topology: line,
    fault: line.nullable(),
    deployments: list(deployment),
    claims: list(
      record({
        id: line,
        name: z.string(),
        kind: z.enum(['always', 'sometimes', 'reachable', 'response', 'deadlock-free']),
        deployment: line,
        expected: z.nullable(verdict),
        verdict,
        states: count,
        transitions: count,
        depth: count,
        milliseconds: count,
        trace: list(step).nullable(),
        loop: count.nullable(),
        vacuity: record({ isVacuous: z.boolean(), never: list(z.string()) }).nullable(),
        cause: record({
          step: count,
          sentence: z.string().min(1).max(4000),
          allowedBy: record({ path: line, value: line, line: count.nullable() }).nullable(),
        }).nullable(),
      }),
    ),
  }),
);

const ISSUES_MAX = 5;

/** @throws BadDocument for data of another shape: a line for each error, with its path. */
export function parseVerdicts(data: unknown): Verdicts {
  const result = verdicts.safeParse(data);
  if (result.success) return result.data;
  const { issues } = result.error;
  const faults = issues
    .slice(0, ISSUES_MAX)
    .map(({ path, message }) => `${z.core.toDotPath(path)}: ${message}`);
  const more = issues.length - faults.length;
  throw new BadDocument([...faults, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'));
}
