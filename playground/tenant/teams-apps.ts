/** Who has the bot's app in Teams, as Graph knows it. Ids are object ids of people. */
export interface TeamsApps {
  installed(personId: string): boolean;
  /** An administrator's policy keeps the app from this person. */
  blocked(personId: string): boolean;
  install(personId: string): void;
  chatId(personId: string): string;
}

/** Without a Teams beside it, a tenant remembers who was given the app and nothing more. */
export function createTeamsApps(): TeamsApps {
  const installed = new Set<string>();
  return {
    installed: (id) => installed.has(id),
    blocked: () => false,
    install: (id) => void installed.add(id),
    chatId: (id) => `19:${id}_bot@unq.gbl.spaces`,
  };
}
