/** Words that a Conditional Access policy may hold, as Microsoft Graph v1.0 lists them. */

export const STATES = ['enabled', 'disabled', 'enabledForReportingButNotEnforced'];
export const CONTROLS = [
  'block',
  'mfa',
  'compliantDevice',
  'domainJoinedDevice',
  'approvedApplication',
  'compliantApplication',
  'passwordChange',
  'riskRemediation',
];
