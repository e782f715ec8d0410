/**
 * The channel binding of a TLS server, by its certificate: a hash of it, in a structure that is
 * hashed again.
 *
 * @source RFC 5929 4.1 (tls-server-end-point); RFC 2744 3.11 (the structure); MS-NLMP 2.2.2.1
 *   (MsvAvChannelBindings), 3.1.5.1.2
 */
import { createHash } from 'node:crypto';
import { concat, u32, zeros } from '../bytes.ts';
import type { Bytes } from '../messages/message-types.ts';
import { md5 } from './hashes.ts';
import { hashOfSignature } from './signature-algorithm.ts';

const PREFIX: Bytes = Uint8Array.from(Buffer.from('tls-server-end-point:', 'latin1'));

/**
 * MsvAvChannelBindings, 16 bytes, of a channel whose other end has this certificate.
 *
 * @param certificateDer - X.509, DER
 * @throws CodecError for bytes that are not a certificate, and for a signature without a known
 *   hash, which has no such binding
 */
export function bindingOf(certificateDer: Bytes): Bytes {
  const used = hashOfSignature(certificateDer);
  const hash = used === 'md5' || used === 'sha1' ? 'sha256' : used;
  return bindingOfHash(Uint8Array.from(createHash(hash).update(certificateDer).digest()));
}

/** The same, of a certificate's hash. No addresses are in the structure. */
export function bindingOfHash(certificateHash: Bytes): Bytes {
  const data = concat(PREFIX, certificateHash);
  return md5(zeros(16), u32(data.length), data);
}
