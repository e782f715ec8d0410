/** Light or dark: the system's preference, until the user chooses. */
import { useEffect, useState } from 'preact/hooks';

export type Theme = 'light' | 'dark';

const KEY = 'double-hop-theme';

/** The current theme, and a function that changes it. */
export function useTheme(): { readonly theme: Theme; readonly toggle: () => void } {
  const [chosen, choose] = useState<Theme | null>(remembered);
  const system = useSystemTheme();
  const theme = chosen ?? system;
  useEffect(() => {
    if (chosen !== null) document.documentElement.setAttribute('data-theme', chosen);
  }, [chosen]);
  return {
    theme,
    toggle() {
      const other = theme === 'light' ? 'dark' : 'light';
      choose(other);
      remember(other);
    },
  };
}

function useSystemTheme(): Theme {
  const [query] = useState(() => matchMedia('(prefers-color-scheme: dark)'));
  const [isDark, setDark] = useState(query.matches);
  useEffect(() => {
    const read = () => setDark(query.matches);
    query.addEventListener('change', read);
    return () => query.removeEventListener('change', read);
  }, []);
  return isDark ? 'dark' : 'light';
}

/** Pages of files may have no storage. */
function remembered(): Theme | null {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === 'light' || theme === 'dark' ? theme : null;
  } catch {
    return null;
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // It holds for this page, and is forgotten with it.
  }
}
