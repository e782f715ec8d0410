/** What the page knows after each piece of news. */
import { describe, expect, it } from 'vitest';
import { OWN_SOURCE } from '../../../../inspector/feed.ts';
import { entryOf, Session } from '../../../../inspector/page/sources/session.ts';
import { officialEvents } from '../../../../inspector/story/protocol/official.ts';
import { BASIC } from '../../story/support/verdicts.ts';
import { askedAgain, confinement, knowing, promptSession, storyFor } from '../page-stories.ts';

describe('the session', () => {
  it('finds a verdict by its reference, and no other', () => {
    const known = knowing([confinement, askedAgain]);
    expect(entryOf(known, confinement.ref)).toEqual(confinement);
    expect(entryOf(known, { ...confinement.ref, file: 'trace.json' })).toBeUndefined();
    expect(entryOf(known, { ...confinement.ref, fault: 'no-response-accepted' })).toBeUndefined();
  });

  it('tells its listeners once of what came together', () => {
    const waiting: (() => void)[] = [];
    const session = new Session((run) => waiting.push(run));
    const heard: number[] = [];
    session.listen(({ entries }) => heard.push(entries.length));
    for (const { ref, ...rest } of [confinement, askedAgain])
      session.hear({ type: 'verdict', fault: ref.fault, ...rest });
    expect(heard).toEqual([]);
    expect(waiting).toHaveLength(1);
    waiting[0]!();
    expect(heard).toEqual([2]);
  });

  it("keeps a document under its file's name, and replaces it when it is opened again", () => {
    const session = promptSession();
    const verdicts = {
      format: 'double-hop-verdicts/5',
      topology: 'article',
      fault: null,
      deployments: [BASIC],
      claims: [confinement.verdict],
    } as const;
    session.hear({ type: 'verdict', fault: null, ...confinement });
    session.add(verdicts, 'one.json');
    session.add(verdicts, 'two.json');
    const [added] = session.add(verdicts, 'one.json');
    expect(added?.ref).toEqual({ ...confinement.ref, file: 'one.json' });
    expect(session.known.entries.map(({ ref }) => ref.file)).toEqual([
      null,
      'two.json',
      'one.json',
    ]);
  });

  it("keeps the actors of each source apart, and says which are not the command's", () => {
    const session = promptSession();
    const messages = officialEvents(storyFor(confinement));
    for (const message of messages)
      for (const source of [OWN_SOURCE, 'somebody'])
        session.hear({ type: 'inspection', source, message });
    session.hear({ type: 'left', source: 'somebody' });
    const runs = [...session.known.runs.values()];
    expect(runs.map(({ source, isForeign, hasLeft }) => [source, isForeign, hasLeft])).toEqual([
      [OWN_SOURCE, false, false],
      ['somebody', true, true],
    ]);
    for (const { fold, messages: kept } of runs) {
      expect(kept).toEqual(messages);
      expect([fold.official, fold.unread]).toEqual([messages.length, 0]);
    }
  });

  it('keeps what a limit says, and that nothing more is checked', () => {
    const session = promptSession();
    const progress = { done: 1, total: 2, claim: 'x', deployment: 'y', states: 3, depth: 4 };
    session.progress({ type: 'progress', ...progress });
    session.hear({ type: 'limit', message: 'more than 10 states' });
    expect(session.known).toMatchObject({ limit: 'more than 10 states', isFinished: false });
    session.hear({ type: 'finished' });
    expect(session.known).toMatchObject({ isFinished: true, progress: null });
  });
});
