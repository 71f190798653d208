/** Where Microsoft runs the Bot Connector of Teams: worldwide, and the American government clouds. */
const TEAMS_HOSTS = [
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
];

/**
 * Whether the bot may write to a service URL, and so send its token there. With a local Teams only that one counts, to
 * the path's segment; otherwise exactly Microsoft's hosts over https, at their usual port.
 */
export function serviceUrlAllowed(local: readonly string[] | undefined): (url: string) => boolean {
  return (url) => {
    if (!URL.canParse(url)) return false;
    const { protocol, hostname, port, username, password, origin, pathname } = new URL(url);
    if (username || password) return false;
    if (!local) return protocol === 'https:' && port === '' && TEAMS_HOSTS.includes(hostname);
    return local.some((allowed) => {
      const base = new URL(allowed);
      const path = base.pathname.replace(/\/$/, '');
      return origin === base.origin && (pathname === path || pathname.startsWith(`${path}/`));
    });
  };
}
