/** A browser's request for an icon is no part of the article. */
import { expect, it } from 'vitest';
import { recorder } from '../../conformance/serve/recorder.ts';
import { aboutThePage } from '../../lab/article/about-the-page.ts';

const origin = 'http://front-end.test';

it('leaves out the icon, its reply, and a connection for nothing else', () => {
  const written = recorder('by hand');
  const open = () => written.open({ client: 'alice', server: origin, isProxy: false });
  const ask = (connection: string, target: string, status: number) => {
    const about = { authorization: null, user: null, method: 'GET' } as const;
    written.observe({ what: 'request', connection, target, ...about });
    const said = { authenticate: [], location: null, identity: null } as const;
    written.observe({ what: 'reply', connection, status, ...said });
  };
  const [page, icon] = [open(), open()];
  ask(page, '/mailbox/', 401);
  ask(icon, '/favicon.ico', 404);
  ask(page, '/favicon.ico', 404);
  ask(page, '/mailbox/', 200);
  written.observe({ what: 'closed', connection: icon });
  const { connections, observations } = aboutThePage(written.recording());
  expect(connections.map(({ id }) => id)).toEqual([page]);
  const told = observations.map((seen) =>
    seen.what === 'request' ? seen.target : seen.what === 'reply' ? seen.status : seen.what,
  );
  expect(told).toEqual(['opened', '/mailbox/', 401, '/mailbox/', 200]);
});
