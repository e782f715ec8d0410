/** Stories that go on for ever, whole, as they are printed. */
import { describe, expect, it } from 'vitest';
import type { Io } from '../../cli/output/io.ts';
import { numbered, stories } from '../../cli/output/told.ts';
import { MACHINES } from '../../machines/system/deployment.ts';
import { checkClaim } from '../../properties/check.ts';
import { everyRequestCompletes, signInCompletes } from '../../properties/claims/liveness.ts';
import { deploymentOf } from '../../properties/deployments/deployments.ts';
import { BASIC_THEN_NTLM, NETWORK_LOGON } from '../../properties/deployments/plain.ts';
import { FAULTS } from '../../properties/faults/faults.ts';
import { toMermaid } from '../../story/diagram/mermaid.ts';
import { endlessly } from '../../story/endless.ts';
import { expectMermaid } from './support/mermaid-grammar.ts';

const LIMITS = { statesMax: 10_000 };
const io: Io = {
  out: () => {},
  progress: () => {},
  emphasis: (_, text) => text,
  columns: 100,
};
const triesForEver = FAULTS.find(({ id }) => id === 'tries-for-ever')!;

const prompts = checkClaim(signInCompletes, deploymentOf(NETWORK_LOGON), LIMITS);
const retries = checkClaim(everyRequestCompletes, triesForEver.deployment, {
  ...LIMITS,
  machines: triesForEver.inject(MACHINES),
});
const waiting = checkClaim(everyRequestCompletes, deploymentOf(BASIC_THEN_NTLM), LIMITS);

describe('in the terminal', () => {
  it('prompts that never end say from which step they go on', () => {
    expect(stories([prompts], io).join('\n')).toMatchInlineSnapshot(`
      "
      network-logon: sign-in-completes violated: a user who gives the right password is served at last, unless the connection goes down
         1. alice opens the mailbox page at frontEnd; their browser opens a connection and sends the
            request without credentials.
         2. frontEnd sees no credentials and asks for a sign-in (401).
         3. alice's browser is told 401 by frontEnd and asks for the password.
         4. alice types their password; their browser asks again, this time with the password.
         5. frontEnd accepts alice and now has alice's password. Its page is left with a token alone: it
            can impersonate alice, but it has nothing to prove it with elsewhere.
         6. frontEnd, impersonating alice, calls on mailbox, opens a connection and sends the request
            without credentials.
      >  7. mailbox sees no credentials and asks for a sign-in (401).
         8. frontEnd is told 401 by mailbox and passes the refusal on to alice (401).
         9. alice's browser is told 401 by frontEnd and asks for the password again, although frontEnd had
            accepted it.
        10. alice types their password; their browser asks again, this time with the password.
        11. frontEnd accepts alice.
        12. frontEnd, impersonating alice, calls on mailbox and sends the request without credentials.
            and so on for ever, from step 7
        frontEnd now has alice's password."
    `);
  });

  it('a client that goes round by itself does', () => {
    expect(stories([retries], io).join('\n')).toMatchInlineSnapshot(`
      "
      article (NTLM): every-request-completes violated: every request that a client side makes comes to an end
         1. alice opens the mailbox page at frontEnd; their browser opens a connection and sends the
            request without credentials.
         2. frontEnd sees no credentials and asks for a sign-in (401).
         3. alice's browser is told 401 by frontEnd and asks for the password.
         4. alice mistypes their password; their browser asks again, still without credentials.
         5. frontEnd sees no credentials and asks for a sign-in (401).
         6. alice's browser is told 401 by frontEnd and opens the handshake with NEGOTIATE.
      >  7. frontEnd answers NEGOTIATE with a challenge for this connection.
         8. alice's browser answers the challenge with a response computed from the mistyped password
            (AUTHENTICATE).
         9. frontEnd refuses (401): the response was not computed from alice's password.
        10. alice's browser is told 401 by frontEnd and opens the handshake with NEGOTIATE.
        11. frontEnd answers NEGOTIATE with a new challenge for this connection.
        12. alice's browser answers the challenge with a response computed from the mistyped password
            (AUTHENTICATE).
        13. frontEnd refuses (401): the response was not computed from alice's password.
        14. alice's browser is told 401 by frontEnd and opens the handshake with NEGOTIATE.
            and so on for ever, from step 7
        No host learned a password."
    `);
  });

  it('a request that nobody works on ends in rest', () => {
    const lines = stories([waiting], io);
    expect(lines.at(-2)).toBe('      and nothing has to happen any more');
    expect(lines.filter((line) => line.startsWith('>'))).toEqual([]);
  });

  it('a loop from the first step is marked there, and none is where there is none', () => {
    expect(numbered(['one', 'two'], 80, 0)).toEqual([
      '> 1. one',
      '  2. two',
      '     and so on for ever, from step 1',
    ]);
    expect(numbered(['one', 'two'], 80)).toEqual(['  1. one', '  2. two']);
    expect(endlessly(0, 0)).toBe('and nothing has to happen any more');
    expect(endlessly(null, 3)).toBeNull();
  });
});

describe('as a sequence diagram', () => {
  it('what goes on for ever is a loop', () => {
    const diagram = toMermaid(prompts.trace!, 'prompts', prompts.loop);
    expectMermaid(diagram);
    expect(diagram).toMatchInlineSnapshot(`
      "sequenceDiagram
        title prompts
        actor P1 as alice
        participant P2 as frontEnd
        participant P3 as mailbox
        P1->>P2: GET mailbox
        P2-->>P1: 401
        Note over P1: is asked to sign in at frontEnd
        Note over P1: types the password
        P1->>P2: GET mailbox + Basic alice#58;password
        Note over P2: has the password of alice
        Note over P2: accepts alice
        loop for ever
          P2->>P3: GET mailbox
          P3-->>P2: 401
          P2-->>P1: 401
          Note over P1: is asked to sign in at frontEnd
          Note over P1: types the password
          P1->>P2: GET mailbox + Basic alice#58;password
          Note over P2: has the password of alice
          Note over P2: accepts alice
        end
      "
    `);
  });

  it('rest is a note over everybody', () => {
    const diagram = toMermaid(waiting.trace!, 'waiting', waiting.loop);
    expectMermaid(diagram);
    expect(diagram.endsWith('\n  Note over P1,P4: and nothing has to happen any more\n')).toBe(
      true,
    );
    expect(diagram).not.toContain('loop for ever');
    expect(toMermaid([], undefined, 0)).toBe('sequenceDiagram\n');
  });
});
