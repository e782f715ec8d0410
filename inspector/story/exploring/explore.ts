/** Exploring by hand: from any state, enabled offers are taken one by one, and taken back. */
import type { AnyEventObject } from 'xstate';
import { stateKey } from '../../../checker/model/state-key.ts';
import type { System, Trace } from '../../../checker/model/system.ts';
import { plainStart, plainStep } from '../../../checker/replay/replay.ts';
import { costOfAll } from '../../../story/credential-events.ts';
import { type Recorder, recorderOf } from '../record.ts';
import type { Story, StoryStep } from '../story.ts';
import { type ClaimSoFar, claimsAt } from './claims-so-far.ts';
import type { Explorable } from './explorable.ts';

/** A path of exploration that cannot be taken. */
export class BadPath extends Error {
  override readonly name = 'BadPath';
  readonly step: number; // 1-based: the first that cannot be taken
  readonly index: number; // of the offer

  constructor(step: number, index: number, why: string) {
    super(`step ${step}, offer ${index}: ${why}`);
    this.step = step;
    this.index = index;
  }

  static unknown(step: number, index: number, offers: number): BadPath {
    return new BadPath(
      step,
      index,
      `there is no such offer; offers have the numbers 0 to ${offers - 1}`,
    );
  }

  static disabled(step: number, index: number, why: string): BadPath {
    return new BadPath(step, index, `it cannot be taken here: ${why}`);
  }
}

/** A spontaneous action of a component, enabled or not. */
type Offer = { readonly component: string; readonly event: AnyEventObject };

export type Enabled = Offer & {
  readonly index: number; // among all offers of the system, as in a path
  readonly label: string; // the sentence of the step
};

/** The component would take it, but the receiver of a message is not ready. */
export type Refused = Offer & {
  readonly index: number;
  readonly by: string; // component
  readonly message: string; // type of the event that it refuses
  readonly label: string; // in words
};

export type Exploration = {
  readonly path: readonly number[];
  readonly story: Story; // the steps so far; nothing is checked
  readonly enabled: readonly Enabled[];
  readonly refused: readonly Refused[];
  readonly claims: readonly ClaimSoFar[];
};

/** A position: its state, and the ways to continue. */
type Position = {
  readonly recorder: Recorder;
  readonly index: number; // of the offer that led here; -1: the initial state
  readonly steps: readonly StoryStep[]; // that led here; none: the initial state
  readonly enabled: readonly Enabled[];
  readonly refused: readonly Refused[];
  readonly claims: readonly ClaimSoFar[];
};

/** A step takes the same time at any depth. Going back takes none. */
export class Explorer {
  readonly #subject: Explorable;
  readonly #offers: readonly Offer[];
  readonly #positions: Position[];

  constructor(subject: Explorable) {
    this.#subject = subject;
    this.#offers = offersOf(subject.system);
    this.#positions = [this.#arrive(recorderOf(subject), -1, [], null)];
  }

  /** @throws BadPath where there is no such offer, or it is not enabled. The state is unchanged. */
  take(index: number): void {
    const here = this.#here;
    const offer = this.#offers[index];
    const number = this.#positions.length;
    if (offer === undefined) throw BadPath.unknown(number, index, this.#offers.length);
    const recorder = here.recorder.fork();
    const step = recorder.take(offer.component, offer.event);
    if (step === null) throw BadPath.disabled(number, index, this.#whyNot(offer, here.recorder));
    this.#positions.push(this.#arrive(recorder, index, [step], here.claims));
  }

  /** @throws RangeError for a position that was not reached. */
  back(to: number): void {
    if (!(to in this.#positions)) throw new RangeError(`position ${to} was not reached`);
    this.#positions.length = to + 1;
  }

  get exploration(): Exploration {
    const { enabled, refused, claims } = this.#here;
    const steps = this.#positions.flatMap((position) => position.steps);
    const path = this.#positions.slice(1).map(({ index }) => index);
    return { path, story: this.#storyOf(steps, claims), enabled, refused, claims };
  }

  get #here(): Position {
    return this.#positions.at(-1)!;
  }

  #arrive(
    recorder: Recorder,
    index: number,
    steps: readonly StoryStep[],
    before: readonly ClaimSoFar[] | null,
  ): Position {
    const enabled: Enabled[] = [];
    const refused: Refused[] = [];
    for (const [index, offer] of this.#offers.entries()) {
      if (!recorder.snapshot(offer.component).can(offer.event)) continue;
      const step = recorder.fork().take(offer.component, offer.event);
      if (step === null) refused.push({ ...offer, index, ...refusalOf(offer, recorder) });
      else enabled.push({ ...offer, index, label: step.sentence });
    }
    const { snapshot } = recorder;
    const here = { position: before ? this.#positions.length : 0, snapshot };
    const isDeadlock = enabled.length === 0;
    const claims = claimsAt(this.#subject.claims, { ...here, isDeadlock }, before);
    return { recorder, index, steps, enabled, refused, claims };
  }

  #whyNot(offer: Offer, recorder: Recorder): string {
    return recorder.snapshot(offer.component).can(offer.event)
      ? refusalOf(offer, recorder).label
      : `${offer.component}, in ${placeOf(offer.component, recorder)}, cannot take ${offer.event.type}`;
  }

  #storyOf(steps: readonly StoryStep[], claims: readonly ClaimSoFar[]): Story {
    const violated = claims.filter(({ state }) => state === 'violated');
    const first = Math.min(...violated.flatMap((claim) => claim.since ?? []));
    const ids = violated.filter(({ since }) => since === first).map(({ id }) => id);
    const count = `${steps.length} ${steps.length === 1 ? 'step' : 'steps'} taken by hand`;
    const broken = violated.map(({ id, since }) => `${id} is violated since step ${since}`);
    return {
      ...this.#positions[0]!.recorder.empty,
      title: `${this.#subject.name}, explored by hand`,
      sentence: `${[count, ...broken].join('; ')}.`,
      steps,
      decisive: ids.length === 0 ? null : first,
      mark:
        ids.length === 0 ? null : { text: `${ids.join(', ')} violated here`, isViolation: true },
      cost: costOfAll(steps.flatMap(({ credentials }) => credentials)),
    };
  }
}

/**
 * The state that a path leads to. To go on from there step by step, keep an `Explorer`.
 *
 * @throws BadPath for a path that cannot be taken: it says which step, and why.
 */
export function explore(subject: Explorable, path: readonly number[]): Exploration {
  const explorer = new Explorer(subject);
  for (const index of path) explorer.take(index);
  return explorer.exploration;
}

/** The path that takes the same steps. Null: there is none, as of a trace of other machines. */
export function pathOf({ system }: Explorable, trace: Trace): readonly number[] | null {
  const offers = new Map(
    offersOf(system).map(({ component, event }, i) => [stateKey([component, event]), i]),
  );
  const parties = system.filter(({ monitor }) => !monitor);
  const path: number[] = [];
  let snapshots = plainStart(parties);
  for (const { component, event } of trace) {
    const index = offers.get(stateKey([component, event]));
    const taken = index === undefined ? null : plainStep(parties, snapshots, component, event);
    if (index === undefined || taken === null) return null;
    path.push(index);
    snapshots = taken.after;
  }
  return path;
}

const offersOf = (system: System): readonly Offer[] =>
  system.flatMap(({ name, offers }) => offers.map((event) => ({ component: name, event })));

function refusalOf(
  { component, event }: Offer,
  recorder: Recorder,
): Pick<Refused, 'by' | 'message' | 'label'> {
  const { to: by, event: refused } = recorder.refusal(component, event)!;
  const message = refused.type;
  const label = `${by}, in ${placeOf(by, recorder)}, refuses ${message}`;
  return { by, message, label };
}

/** "busy.awaitingReply" */
const placeOf = (component: string, recorder: Recorder): string =>
  recorder
    .snapshot(component)
    ._nodes.filter(({ type }) => type === 'atomic' || type === 'final')
    .map(({ path }) => path.join('.'))
    .join(', ');
