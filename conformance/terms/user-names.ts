/** Names of users as terms have them: domains are not modelled, and case does not matter. */
import type { UserName } from '../../machines/vocabulary/terms.ts';

/** Of `LAB\Alice`, as messages have it: alice. */
export const userNamed = (name: string): UserName =>
  name.slice(name.lastIndexOf('\\') + 1).toLowerCase();

/** Of `LAB\Alice` and of `alice@lab.test`, as servers say whom they served: alice. */
export const bareName = (name: string): UserName => userNamed(name).replace(/(?<=.)@.*$/, '');
