/** For the tests of readers: bytes to read, a folder, and the errors of bad ones. */
import { BadRecording, type Recording } from '../../../../conformance/recording/recording.ts';
import { ALICE, making } from '../../trace/support/making.ts';

export const bytesOf = (data: unknown) =>
  Buffer.from(typeof data === 'string' ? data : JSON.stringify(data));

/** What BadRecording says. 'none': nothing is thrown. */
export function problemOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof BadRecording) return error.message;
    throw error;
  }
  return 'none';
}

/** Two connections: a sign-in on the first, a refusal on the second. */
export function signIns(options?: Parameters<typeof making>[0]): Recording {
  const maker = making(options);
  const [first, second] = [maker.on('alice'), maker.on('alice')];
  first.signsIn(ALICE, 'alice');
  second.bare();
  second.unauthorized();
  return maker.recording();
}
