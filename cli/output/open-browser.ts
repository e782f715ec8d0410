/** Opens a page in the browser of the user, if there is one. */

type Surroundings = Pick<NodeJS.Process, 'env' | 'platform'> & {
  readonly stdout: { readonly isTTY?: boolean };
};

/** False in a script, in continuous integration, and where there is no display. */
export function hasBrowser({ env, platform, stdout }: Surroundings): boolean {
  if (!stdout.isTTY || env.CI !== undefined) return false;
  if (platform === 'darwin' || platform === 'win32') return true;
  return env.DISPLAY !== undefined || env.WAYLAND_DISPLAY !== undefined;
}

/** Does nothing where no browser opens: the address is printed as well. */
export async function openBrowser(url: string): Promise<void> {
  try {
    const { default: open } = await import('open');
    await open(url);
  } catch {
    // no browser is installed
  }
}
