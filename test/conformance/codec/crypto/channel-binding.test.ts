import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hex } from '../../../../conformance/codec/bytes.ts';
import { bindingOf, bindingOfHash } from '../../../../conformance/codec/crypto/channel-binding.ts';
import { CodecError } from '../../../../conformance/codec/reader.ts';
import { BINDING } from '../vectors.ts';
import { CERTIFICATES } from './certificates.ts';

describe('a channel binding', () => {
  it('is the one that others have published', () => {
    expect(hex(bindingOfHash(BINDING.certificateHash))).toBe(BINDING.binding);
  });

  it.each(CERTIFICATES)('of a certificate signed by $name takes $hash', ({ hash, der }) => {
    if (hash === null) return expect(() => bindingOf(der)).toThrow(/has no hash that is known/);
    const of = Uint8Array.from(createHash(hash).update(der).digest());
    expect(bindingOf(der)).toEqual(bindingOfHash(of));
  });

  it('of bytes that are cut short, or not a certificate, is refused with its place', () => {
    const [{ der }] = CERTIFICATES;
    for (let length = 0; length < der.length; length += 1)
      expect(() => bindingOf(der.slice(0, length))).toThrow(CodecError);
    expect(() => bindingOf(Uint8Array.of(0x02, 0x01, 0x00))).toThrow(
      'byte 0: tag 0x2, where 0x30 has to be in a certificate',
    );
    expect(() => bindingOf(Uint8Array.of(0x30, 0x80, 0x00))).toThrow(/a length of this form/);
  });
});
