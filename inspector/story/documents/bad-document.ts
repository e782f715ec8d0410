/** A document that cannot be used, with a message for the user who opened it. */
export class BadDocument extends Error {
  override name = 'BadDocument';
}

/** The end of most such messages. */
export const OTHERWISE = 'the document was written by another version, or edited by hand';
