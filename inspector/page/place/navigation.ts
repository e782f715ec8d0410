/** The page's place, kept in the URL: written a moment later while steps follow each other fast. */
import { useEffect, useState } from 'preact/hooks';
import { type Address, type Place, parsePlace, writePlace } from './address.ts';

export type Navigation = {
  readonly place: Place;
  /** The fragment that leads to an address, for links. */
  readonly link: (address: Address) => string;
  /** `replaced`: the back button passes it over. */
  readonly go: (address: Address, how?: 'pushed' | 'replaced') => void;
};

/** Browsers refuse more than some hundred changes of the URL in ten seconds. */
export const PAUSE_MS = 200;

export function useNavigation(): Navigation {
  const [place, setPlace] = useState(() => parsePlace(location.hash));
  const [writer] = useState(() => new Writer());
  useEffect(() => {
    const read = () => {
      writer.drop(); // the page is elsewhere by now
      setPlace(parsePlace(location.hash));
    };
    const listening = new AbortController();
    const { signal } = listening;
    addEventListener('hashchange', read, { signal });
    addEventListener('popstate', read, { signal });
    // A link leads away: the place that is left is written down first.
    addEventListener('click', () => writer.flush(), { signal, capture: true });
    return () => listening.abort();
  }, []);
  const { token } = place;
  const link = (address: Address) => writePlace(token, address);
  return {
    place,
    link,
    go(address, how = 'pushed') {
      setPlace({ token, address });
      if (how === 'pushed') writer.push(link(address));
      else writer.replace(link(address));
    },
  };
}

class Writer {
  #waiting: string | null = null;

  push(fragment: string): void {
    this.flush();
    history.pushState(null, '', fragment);
  }

  replace(fragment: string): void {
    if (this.#waiting === null) setTimeout(() => this.flush(), PAUSE_MS);
    this.#waiting = fragment;
  }

  flush(): void {
    if (this.#waiting !== null) history.replaceState(null, '', this.#waiting);
    this.#waiting = null;
  }

  drop(): void {
    this.#waiting = null;
  }
}
