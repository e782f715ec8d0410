/** Base64 with its padding, of one spelling for each sequence of bytes. @source RFC 4648 4, 3.5 */
import { HeaderError } from './errors.ts';

export const toBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');

/** @throws HeaderError where a character, the length, the padding or a bit left over is wrong */
export function fromBase64(text: string): Uint8Array {
  const stray = text.search(/[^A-Za-z0-9+/=]/);
  if (stray >= 0) throw new HeaderError(stray, `${JSON.stringify(text[stray])} is not base64`);
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  if (toBase64(bytes) === text) return bytes;
  throw new HeaderError(
    text.length,
    'this is base64 cut short, or padded otherwise than it has to be',
  );
}
