/**
 * The hash of a certificate's signature. Only the DER on the way to it is read.
 *
 * @source RFC 5280 4.1 (Certificate); RFC 8017 A.2; RFC 5758 3.2; RFC 4055 3.1 (RSASSA-PSS: the
 *   hash is a parameter, and SHA-1 where there is none)
 */
import { hex } from '../bytes.ts';
import type { Bytes } from '../messages/message-types.ts';
import { CodecError, readerOf } from '../reader.ts';

const SEQUENCE = 0x30;
const OBJECT_IDENTIFIER = 0x06;
const FIRST_PARAMETER = 0xa0;

/** Object identifiers, as they are in DER. */
const HASHES: Readonly<Record<string, string>> = {
  '2a864886f70d010104': 'md5', // with RSA
  '2a864886f70d010105': 'sha1',
  '2a864886f70d01010b': 'sha256',
  '2a864886f70d01010c': 'sha384',
  '2a864886f70d01010d': 'sha512',
  '2a8648ce3d0401': 'sha1', // with ECDSA
  '2a8648ce3d040302': 'sha256',
  '2a8648ce3d040303': 'sha384',
  '2a8648ce3d040304': 'sha512',
  '2b0e03021a': 'sha1', // by itself
  '608648016503040201': 'sha256',
  '608648016503040202': 'sha384',
  '608648016503040203': 'sha512',
};
const RSASSA_PSS = '2a864886f70d01010a';

type Element = { readonly tag: number; readonly from: number; readonly to: number };

/** Its name in Node. @throws CodecError where there is none, or it is not known here */
export function hashOfSignature(der: Bytes): string {
  const certificate = expectAt(der, 0, SEQUENCE);
  const toBeSigned = expectAt(der, certificate.from, SEQUENCE);
  const algorithm = expectAt(der, toBeSigned.to, SEQUENCE);
  const [name, parameters] = identifierIn(der, algorithm);
  if (name !== RSASSA_PSS) return hashNamed(name, algorithm.from);
  if (parameters >= algorithm.to) return 'sha1';
  const list = expectAt(der, parameters, SEQUENCE);
  if (list.from >= list.to || elementAt(der, list.from).tag !== FIRST_PARAMETER) return 'sha1';
  const hash = expectAt(der, elementAt(der, list.from).from, SEQUENCE);
  return hashNamed(identifierIn(der, hash)[0], hash.from);
}

function hashNamed(name: string, offset: number): string {
  const hash = HASHES[name];
  if (hash !== undefined) return hash;
  throw new CodecError(offset, `signature algorithm ${name} has no hash that is known here`);
}

/** The object identifier of an AlgorithmIdentifier, and where its parameters begin. */
function identifierIn(der: Bytes, { from }: Element): readonly [string, number] {
  const identifier = expectAt(der, from, OBJECT_IDENTIFIER);
  return [hex(der.subarray(identifier.from, identifier.to)), identifier.to];
}

function expectAt(der: Bytes, offset: number, tag: number): Element {
  const element = elementAt(der, offset);
  if (element.tag === tag) return element;
  const [found, wanted] = [element.tag, tag].map((each) => `0x${each.toString(16)}`);
  throw new CodecError(offset, `tag ${found}, where ${wanted} has to be in a certificate`);
}

function elementAt(der: Bytes, offset: number): Element {
  const reader = readerOf(der);
  const [tag, first] = reader.bytes(offset, 2, 'a tag and a length') as unknown as [number, number];
  const count = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || count > 3) throw new CodecError(offset + 1, 'a length of this form');
  const long = reader.bytes(offset + 2, count, 'a length');
  const length = count === 0 ? first : long.reduce((all, byte) => all * 256 + byte, 0);
  const from = offset + 2 + count;
  reader.bytes(from, length, 'what the length says');
  return { tag, from, to: from + length };
}
