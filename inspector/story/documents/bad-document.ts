/** What is wrong with a document that somebody gave us, in words for whoever gave it. */
export class BadDocument extends Error {
  override name = 'BadDocument';
}

/** The end of most such messages. */
export const OTHERWISE = 'the document was written by another version, or edited by hand';
