/** Checks of responses: what proves the password, and what only looks as if it did. */
import { describe, expect, it } from 'vitest';
import { concat, zeros } from '../../../../conformance/codec/bytes.ts';
import { lmowfv1, ntowfv2 } from '../../../../conformance/codec/crypto/keys.ts';
import {
  lmResponseV1,
  lmResponseV2,
  ntResponseV1,
} from '../../../../conformance/codec/crypto/responses.ts';
import { verify } from '../../../../conformance/codec/crypto/verify.ts';
import { authenticate, challenge, negotiate } from '../../../../conformance/codec/initiate.ts';
import { flagsOf } from '../../../../conformance/codec/messages/flags.ts';
import { decode, encode } from '../../../../conformance/codec/messages/message.ts';
import type { AuthenticateMessage } from '../../../../conformance/codec/messages/message-types.ts';

const ALICE = { user: 'alice', domain: 'LAB', password: 'Wonderland1!' };
const NONCE = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const CHALLENGE = challenge({
  ...{ serverChallenge: NONCE, computer: 'TESTBED01', domain: 'LAB' },
  timestamp: 133_500_000_000_000_000n,
});
const messages = { negotiate: negotiate(), challenge: CHALLENGE };

/** A message of alice with other fields. */
function messageWith(
  options: Parameters<typeof authenticate>[3],
  fields: Partial<AuthenticateMessage>,
): Uint8Array {
  const bytes = authenticate(ALICE, messages.negotiate, CHALLENGE, options);
  return encode({ ...(decode(bytes) as AuthenticateMessage), ...fields });
}
const check = (bytes: Uint8Array) => verify(ALICE.password, NONCE, bytes, messages);

describe('a MIC', () => {
  it('of zeros is none', () => {
    expect(check(messageWith({ mic: 'none' }, { mic: zeros(16) })).mic).toBe('none');
    expect(check(messageWith({ mic: 'none' }, { mic: null })).mic).toBe('none');
  });
  it('of anything else is right or wrong', () => {
    expect(check(messageWith({ mic: 'none' }, { mic: new Uint8Array(16).fill(1) })).mic).toBe(
      'wrong',
    );
    expect(check(authenticate(ALICE, messages.negotiate, CHALLENGE)).mic).toBe('right');
  });
});

describe('a domain that the client leaves out of its key', () => {
  it('is left out of the check, if that proves the NT response', () => {
    const nameless = authenticate({ ...ALICE, domain: '' }, messages.negotiate, CHALLENGE, {
      mic: 'none',
    });
    const renamed = encode({ ...(decode(nameless) as AuthenticateMessage), domain: 'OTHER' });
    expect(check(renamed)).toMatchObject({ nt: true });
  });
  it('is left out of the check, if that proves the LM response alone', () => {
    const client = Uint8Array.of(8, 7, 6, 5, 4, 3, 2, 1);
    const lmOf = (domain: string) =>
      lmResponseV2(ntowfv2(ALICE.password, ALICE.user, domain), NONCE, client);
    const altered = (lmResponse: Uint8Array) => {
      const { ntResponse } = decode(messageWith({ mic: 'none' }, {})) as AuthenticateMessage;
      const wrong = concat(new Uint8Array(16).fill(9), ntResponse.subarray(16));
      return messageWith({ mic: 'none' }, { lmResponse, ntResponse: wrong });
    };
    expect(check(altered(lmOf('')))).toMatchObject({ nt: false, lm: true });
    expect(check(altered(lmOf('LAB')))).toMatchObject({ nt: false, lm: true });
    expect(check(altered(lmOf('OTHER')))).toMatchObject({ nt: false, lm: false });
  });
});

describe('an LM response of version 1', () => {
  const lmResponse = lmResponseV1(ALICE.password, NONCE);
  const ntResponse = ntResponseV1(ALICE.password, NONCE);
  const options = { version: 'NTLMv1', mic: 'none' } as const;
  it('proves the password', () => {
    const bytes = messageWith(options, { lmResponse, ntResponse });
    expect(check(bytes)).toMatchObject({ nt: true, lm: true });
  });
  it('proves nothing with extended session security, where it is a challenge', () => {
    const flags = flagsOf('UNICODE', 'NTLM', 'ESS');
    const bytes = messageWith(options, { lmResponse, ntResponse, flags });
    expect(check(bytes)).toMatchObject({ nt: false, lm: false });
  });
});

describe('the key of an LM response', () => {
  it('is of the first 14 characters in upper case, of which a letter may become two', () => {
    const letters = 'A'.repeat(13);
    expect(lmowfv1(`${letters.toLowerCase()}ß`)).toEqual(lmowfv1(`${letters}S`));
    expect(lmowfv1(`${letters}ST`)).toEqual(lmowfv1(`${letters}SS`));
    expect(lmowfv1(`${letters}T`)).not.toEqual(lmowfv1(`${letters}S`));
  });
});
