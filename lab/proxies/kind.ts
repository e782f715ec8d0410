/** What a proxy of the laboratory is: it asks for no sign-in, and what is behind does. */
import type { Target } from '../../conformance/drive/target.ts';
import type { Lab } from '../lab.ts';
import type { Requirement } from '../requirements.ts';
import type { Started } from '../started.ts';

export type LabProxy = {
  readonly name: string;
  readonly needs: readonly Requirement[];
  /** The topology that ships, by whose proxy the model takes it for. */
  readonly topology: 'pooling-proxy' | 'closing-proxy' | 'pinned-proxy';
  /**
   * @param behind - what it passes on to. Whoever has the proxy's target asks for the same page.
   * @throws LabError where it does not start.
   */
  readonly start: (lab: Lab, behind: Target) => Promise<Started>;
};
