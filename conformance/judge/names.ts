/** Names of users, as they are compared. */

/** Of `LAB\Alice` and `alice@lab.test`: alice. Domains are not modelled. */
export const bareName = (name: string): string =>
  name
    .replace(/^.*\\/, '')
    .replace(/(?<=.)@.*$/, '')
    .toLowerCase();
