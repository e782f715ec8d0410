/** The parties in the network picture of a story, and its possible connections. */
import { type Connection, connectionIn } from '../../../../story/component-names.ts';
import type { Story, StoryComponent } from '../../../story/story.ts';

export type Place = {
  readonly party: string;
  readonly kind: string; // "browser"; a host's mechanism; '' for other parties
  readonly isUser: boolean;
};

/** The same at every position of the story. */
export type Scene = {
  readonly places: readonly Place[]; // callers first, as in the story
  readonly connections: readonly Connection[];
  readonly users: readonly string[];
};

export function sceneOf({ parties, components }: Story): Scene {
  const names = components.flatMap(({ connection }) => connection ?? []);
  const places = parties.map((party) => placeOf(party, components));
  return {
    places,
    connections: [...new Set(names)].flatMap((name) => connectionIn(name) ?? []),
    users: places.flatMap(({ party, isUser }) => (isUser ? party : [])),
  };
}

const MECHANISMS: Readonly<Record<string, string>> = {
  ntlmServerConnection: 'NTLM',
  basicServerConnection: 'Basic',
};

function placeOf(party: string, components: readonly StoryComponent[]): Place {
  const own = components.filter((component) => component.party === party);
  const isUser = own.some(({ role }) => role === 'browser');
  const mechanisms = own.flatMap(({ machine }) => MECHANISMS[machine] ?? []);
  const kind = isUser ? 'browser' : [...new Set(mechanisms)].join(', ');
  return { party, kind, isUser };
}
