/** Diagrams: what is drawn, and that Mermaid reads nothing else into it. */
import { describe, expect, it } from 'vitest';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import { RELAY, STATIC_CHALLENGE } from '../../../properties/deployments/with-adversary.ts';
import { POOLING_PROXY } from '../../../properties/deployments/with-proxies.ts';
import { toMermaid } from '../../../story/diagram/mermaid.ts';
import { found } from '../support/found.ts';
import { expectMermaid } from '../support/mermaid-grammar.ts';
import { article, basicTrace, moves, ntlmTrace, traceOf, visits } from '../support/traces.ts';

describe('a trace as a sequence diagram', () => {
  it('draws the double hop of NTLM', () => {
    expect(toMermaid(ntlmTrace)).toMatchInlineSnapshot(`
      "sequenceDiagram
        actor P1 as alice
        participant P2 as frontEnd
        participant P3 as mailbox
        P1->>P2: GET mailbox
        P2-->>P1: 401
        Note over P1: is asked to sign in at frontEnd
        Note over P1: types the password
        P1->>P2: GET mailbox
        P2-->>P1: 401
        P1->>P2: NEGOTIATE
        P2-->>P1: CHALLENGE #35;1
        P1->>P2: AUTHENTICATE as alice
        Note over P2: authenticates alice
        Note over P2: has a token
        P2->>P3: GET mailbox
        P3-->>P2: 401
        P2->>P3: NEGOTIATE
        P3-->>P2: CHALLENGE #35;1
        P2->>P3: AUTHENTICATE as anonymous
        Note over P3: refuses#58; anonymous
        P3-->>P2: 401
        P2-->>P1: 401
        Note over P1: is asked to sign in at frontEnd
      "
    `);
  });

  it('draws the two hops of Basic, and no password but a word for it', () => {
    expect(toMermaid(basicTrace)).toMatchInlineSnapshot(`
      "sequenceDiagram
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
        P2->>P3: GET mailbox + Basic alice#58;password
        Note over P3: has the password of alice
        Note over P3: authenticates alice
        P3-->>P2: 200
        P2-->>P1: 200
      "
    `);
  });

  it('draws a relay: the owner of the host, the relayed messages, and the challenge', () => {
    const deployment = deploymentOf(RELAY);
    const trace = found('confinement', deployment);
    expect(toMermaid(trace, undefined, null, deployment)).toMatchInlineSnapshot(`
      "sequenceDiagram
        actor P1 as alice
        participant P2 as evil (mallory's)
        participant P3 as mailbox
        P1->>P2: GET mailbox
        Note over P2: mallory requires a sign-in
        P2-->>P1: 401
        Note over P1: is asked to sign in at evil
        Note over P1: types the password
        P1->>P2: GET mailbox
        Note over P2: mallory requires a sign-in
        P2-->>P1: 401
        P1->>P2: NEGOTIATE
        Note over P2: mallory relays
        P2->>P3: NEGOTIATE
        P3-->>P2: CHALLENGE #35;1
        Note over P2: mallory relays
        P2-->>P1: CHALLENGE #35;1 of mailbox
        P1->>P2: AUTHENTICATE as alice, to #35;1 of mailbox
        Note over P2: mallory relays
        P2->>P3: AUTHENTICATE as alice
        Note over P3: takes mallory for alice
        Note over P3: has a token
        Note over P3: serves alice
      "
    `);
  });

  it('draws both hops of a message through a proxy', () => {
    const deployment = deploymentOf(POOLING_PROXY);
    const trace = found('served-as-owner', deployment);
    expect(toMermaid(trace.slice(-9), undefined, null, deployment)).toMatchInlineSnapshot(`
      "sequenceDiagram
        participant P1 as proxy
        participant P2 as mailbox
        actor P3 as alice
        P1->>P2: NEGOTIATE
        P2-->>P1: CHALLENGE #35;1
        P1-->>P3: CHALLENGE #35;1 of mailbox
        P3->>P1: AUTHENTICATE as alice, to #35;1 of mailbox
        P1->>P2: AUTHENTICATE as alice
        Note over P2: authenticates alice
        Note over P2: has a token
        Note over P2: serves alice
        P2-->>P1: 200
        P1->>P2: GET mailbox
        Note over P2: serves alice
      "
    `);
  });

  it('draws an overheard response, and its replay', () => {
    const deployment = deploymentOf(STATIC_CHALLENGE);
    const trace = found('confinement', deployment);
    expect(toMermaid(trace.slice(-6), undefined, null, deployment)).toMatchInlineSnapshot(`
      "sequenceDiagram
        participant P1 as mailbox
        actor P2 as alice
        actor P3 as mallory
        P1-->>P2: CHALLENGE (static)
        Note over P3: overhears a response
        Note over P3: negotiates
        P3->>P1: NEGOTIATE
        P1-->>P3: CHALLENGE (static)
        Note over P3: replays a response
        P3->>P1: AUTHENTICATE as alice
        Note over P1: takes mallory for alice
        Note over P1: has a token
        Note over P1: serves alice
      "
    `);
  });

  it('draws an arrow for each message that is delivered, and for no other', () => {
    for (const trace of [ntlmTrace, basicTrace]) {
      const delivered = trace.filter(({ event }) => event.type === 'wire.deliver');
      expect(toMermaid(trace).match(/->>/g)).toHaveLength(delivered.length);
    }
  });

  it('escapes what Mermaid would take for syntax', () => {
    const diagram = toMermaid(ntlmTrace, 'the end; #1: <b>100%</b>\n"x"');
    expectMermaid(diagram);
    expect(diagram).toContain(
      'title the #101;nd#59; #35;1#58; #60;b#62;100#37;#60;/b#62; #34;x#34;\n',
    );
  });

  it('displays any name, and parses none', () => {
    const end = 'end>frontEnd#1';
    const system = article('NTLM', { users: ['end'] });
    const diagram = toMermaid(traceOf(system, [visits('end', end), ...moves(end, 2)]));
    expectMermaid(diagram);
    expect(diagram).toContain('actor P1 as #101;nd\n');
  });

  it('draws an empty trace', () => {
    expect(toMermaid([])).toBe('sequenceDiagram\n');
  });
});
