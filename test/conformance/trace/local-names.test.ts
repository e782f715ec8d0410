/** Names that are local to one connection. */
import { expect, it } from 'vitest';
import { localNames } from '../../../conformance/trace/local-names.ts';
import { ZERO_BINDING } from '../../../machines/vocabulary/terms.ts';

const { connection, name } = localNames({
  ...{ id: '7', client: 'alice', server: 'http://mailbox' },
  ...{ isProxy: false, number: 1, mechanism: 'NTLM', spoken: 'NTLM' },
} as const);

it('are the server, and other names as they first appear', () => {
  expect([connection.id, connection.server]).toEqual(['connection', 'server']);
  const [own, evil, again, other] = ['http://mailbox', 'evil', 'evil', 'other'].map((one) =>
    name(one),
  );
  expect(own).toBe('server');
  expect(again).toBe(evil);
  expect(new Set([own, evil, other]).size).toBe(3);
  expect(name(null)).toBeNull();
});

it('leave a binding of zeros alone, which names no certificate', () => {
  expect(name(ZERO_BINDING)).toBe(ZERO_BINDING);
});
