/** Empty in the sources. The build puts the layouts of the project's machines in its place. */
import type { Layouts } from './layouts.ts';

export const SHIPPED: Layouts = {};
