/** An object id that is easy to tell from others. */
export const guid = (n: number): string => `${String(n).padStart(8, '0')}-aaaa-4bbb-8ccc-dddddddddddd`;

/** The least with which Onboard starts. */
export const complete: NodeJS.ProcessEnv = {
  TENANT_ID: guid(1),
  CLIENT_ID: guid(2),
  CLIENT_SECRET: 'only for this test',
  HELPDESK_GROUP_ID: guid(3),
  ONBOARDING_GROUP_ID: guid(4),
};
