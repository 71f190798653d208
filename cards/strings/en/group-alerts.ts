/** To administrators, about what concerns the whole installation. One text for each code of GROUP_WIDE. */
export const groupAlerts = {
  'groupAlert.title': 'Onboard needs an administrator',
  'groupAlert.sweep-unknown-members':
    'Members of the onboarding group have no window of Onboard: {number}. While they are in it, no policy asks them for MFA. Find out who put them there, and take them out.',
  'groupAlert.sweep-group-looks-wrong':
    'The onboarding group does not look like one: nobody was cleared out of it. Check which group Onboard was given.',
  'groupAlert.sweep-late': 'The onboarding group could not be read for a while. Who is in it is not known.',
  'groupAlert.sweep-removes': 'Somebody was in the onboarding group without an open window, and was taken out.',
  'groupAlert.sweep-removal-failed':
    'Somebody is in the onboarding group without an open window and could not be taken out. Take them out by hand.',
  'groupAlert.store-restored':
    'The database is not the one that ran before. What was approved is cancelled, and whoever was in a window is taken out.',
  'groupAlert.ledger-tail-differs':
    'The newest entry of the ledger does not fit its key: it was altered, or the key was.',
  'groupAlert.exit-unrecorded':
    'The database could not be written. Somebody whose time in the onboarding group was over was taken out all the same.',
  'groupAlert.code': 'Code',
} as const;
