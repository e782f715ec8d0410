/** Stories that go on for ever, whole, as they are printed. */
import { beforeAll, describe, expect, it } from 'vitest';
import { numbered } from '../../cli/output/layout.ts';
import { type CheckedClaim, stories } from '../../cli/output/verdict-report.ts';
import { MACHINES } from '../../machines/system/deployment.ts';
import { type ClaimResult, checkClaim } from '../../properties/check.ts';
import { everyRequestCompletes, signInCompletes } from '../../properties/claims/liveness.ts';
import { deploymentOf } from '../../properties/deployments/deployments.ts';
import { BASIC_THEN_NTLM, NETWORK_LOGON } from '../../properties/deployments/plain.ts';
import { FAULTS } from '../../properties/faults/faults.ts';
import { toMermaid } from '../../story/diagram/mermaid.ts';
import { endlessly } from '../../story/endless.ts';
import { ioInto } from '../cli/running.ts';
import { expectMermaid } from './support/mermaid-grammar.ts';

const LIMITS = { statesMax: 10_000 };
const io = ioInto([]);
const triesForEver = FAULTS.find(({ id }) => id === 'tries-for-ever')!;

const checked = (result: ClaimResult): CheckedClaim => ({
  ...result,
  vacuity: null,
  cause: null,
  isFiled: false,
});

let prompts: ClaimResult;
let retries: ClaimResult;
let waiting: ClaimResult;

beforeAll(() => {
  prompts = checkClaim(signInCompletes, deploymentOf(NETWORK_LOGON), LIMITS);
  retries = checkClaim(everyRequestCompletes, triesForEver.deployment, {
    ...LIMITS,
    machines: triesForEver.inject(MACHINES),
  });
  waiting = checkClaim(everyRequestCompletes, deploymentOf(BASIC_THEN_NTLM), LIMITS);
});

describe('in the terminal', () => {
  it('prompts that never end say which steps repeat', () => {
    expect(stories([checked(prompts)], io).join('\n')).toMatchInlineSnapshot(`
      "
      network-logon: sign-in-completes violated: a user who gives the right password is eventually served, unless the connection closes
         1. alice opens the mailbox page at frontEnd; their browser opens a connection and sends a request
            without credentials.
         2. frontEnd receives a request without credentials and responds 401 to alice.
         3. alice's browser receives 401 from frontEnd and asks alice for the password.
         4. alice types their password; their browser sends the request again, with the password.
         5. frontEnd authenticates alice and now has alice's password. Its page has only a token for
            alice: it can impersonate alice, but cannot authenticate as alice to another host.
         6. frontEnd, impersonating alice, calls mailbox, opens a connection and sends a request without
            credentials.
      >  7. mailbox receives a request without credentials and responds 401 to frontEnd.
         8. frontEnd receives 401 from mailbox and responds 401 to alice.
         9. alice's browser receives 401 from frontEnd and asks alice for the password again, although
            frontEnd had authenticated alice.
        10. alice types their password; their browser sends the request again, with the password.
        11. frontEnd authenticates alice.
        12. frontEnd, impersonating alice, calls mailbox and sends a request without credentials.
            and steps 7 to 12 repeat for ever
        frontEnd now has alice's password."
    `);
  });

  it('a client that retries by itself says from which step it repeats', () => {
    expect(stories([checked(retries)], io).join('\n')).toMatchInlineSnapshot(`
      "
      article (NTLM): every-request-completes violated: every request that a client sends eventually completes
         1. alice opens the mailbox page at frontEnd; their browser opens a connection and sends a request
            without credentials.
         2. frontEnd receives a request without credentials and responds 401 to alice.
         3. alice's browser receives 401 from frontEnd and asks alice for the password.
         4. alice mistypes their password; their browser sends the request again, without credentials.
         5. frontEnd receives a request without credentials and responds 401 to alice.
         6. alice's browser receives 401 from frontEnd and sends a NEGOTIATE_MESSAGE.
      >  7. frontEnd sends a challenge on this connection.
         8. alice's browser sends an AUTHENTICATE_MESSAGE that answers this challenge with a response
            computed from the mistyped password.
         9. frontEnd responds 401 to alice: the response was not computed from alice's password.
        10. alice's browser receives 401 from frontEnd and sends a NEGOTIATE_MESSAGE.
        11. frontEnd sends a new challenge on this connection.
        12. alice's browser sends an AUTHENTICATE_MESSAGE that answers this challenge with a response
            computed from the mistyped password.
        13. frontEnd responds 401 to alice: the response was not computed from alice's password.
        14. alice's browser receives 401 from frontEnd and sends a NEGOTIATE_MESSAGE.
            and steps 7 to 14 repeat for ever
        No host learned a password."
    `);
  });

  it('a request that no host answers ends at rest', () => {
    const lines = stories([checked(waiting)], io);
    expect(lines.at(-2)).toBe('      and no further step has to happen');
    expect(lines.filter((line) => line.startsWith('>'))).toEqual([]);
  });

  it('a loop from the first step is marked there, and a trace that ends has no mark', () => {
    expect(numbered(['one', 'two'], 80, 0)).toEqual([
      '> 1. one',
      '  2. two',
      '     and steps 1 to 2 repeat for ever',
    ]);
    expect(numbered(['one', 'two'], 80)).toEqual(['  1. one', '  2. two']);
    expect(endlessly(0, 0)).toBe('and no further step has to happen');
    expect(endlessly(null, 3)).toBeNull();
  });
});

describe('as a sequence diagram', () => {
  it('steps that repeat for ever are a loop', () => {
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
        Note over P2: authenticates alice
        loop for ever
          P2->>P3: GET mailbox
          P3-->>P2: 401
          P2-->>P1: 401
          Note over P1: is asked to sign in at frontEnd
          Note over P1: types the password
          P1->>P2: GET mailbox + Basic alice#58;password
          Note over P2: has the password of alice
          Note over P2: authenticates alice
        end
      "
    `);
  });

  it('rest is a note over all parties', () => {
    const diagram = toMermaid(waiting.trace!, 'waiting', waiting.loop);
    expectMermaid(diagram);
    expect(diagram.endsWith('\n  Note over P1,P4: and no further step has to happen\n')).toBe(true);
    expect(diagram).not.toContain('loop for ever');
    expect(toMermaid([], undefined, 0)).toBe('sequenceDiagram\n');
  });
});
