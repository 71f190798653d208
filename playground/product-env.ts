import type { ProductSettings } from './tenant/scenario';

export interface ProductPlaces {
  readonly graphUrl: string;
  readonly authorityUrl: string;
  /** File with the certificate authority that the local Entra made at its start. */
  readonly caFile: string;
  /** http://127.0.0.1:PORT/teams */
  readonly teamsUrl: string;
  readonly dataDir: string;
  /** Moved together with the other side's clock. */
  readonly clockFile: string;
  readonly port: number;
}

/** The product's whole configuration: what an administrator would write for this tenant, with addresses of this machine. */
export function productEnv(settings: ProductSettings, places: ProductPlaces): Record<string, string> {
  return {
    TENANT_ID: settings.tenantId,
    CLIENT_ID: settings.botAppId,
    CLIENT_SECRET: settings.botAppSecret,
    AUTHORITY_HOST: places.authorityUrl,
    GRAPH_BASE_URL: places.graphUrl,
    NODE_EXTRA_CA_CERTS: places.caFile,
    HELPDESK_GROUP_ID: settings.helpdeskGroupId,
    ONBOARDING_GROUP_ID: settings.onboardingGroupId,
    // The page plays the host on which it runs.
    WATCHDOG_HOST: 'the playground (Controls > Watchdog)',
    FALLBACK_APPROVER_IDS: settings.fallbackApproverIds.join(','),
    SECOND_APPROVER_IDS: settings.secondApproverIds.join(','),
    // Security, who gives the second approval, may also pause it.
    ADMIN_IDS: settings.secondApproverIds.join(','),
    PROTECTED_IDS: settings.protectedIds.join(','),
    PRIVILEGED: settings.privileged,
    RECOVER_DELETE: 'on',
    ...(settings.guardPolicyId ? { GUARD_POLICY_ID: settings.guardPolicyId } : {}),
    BOT_OPENID_METADATA_URL: `${places.teamsUrl}/openid`,
    BOT_TOKEN_ISSUER: 'https://api.botframework.com',
    BOT_SERVICE_URLS: `${places.teamsUrl}/`,
    REHEARSAL_CLOCK_FILE: places.clockFile,
    // Scripts and tours press faster than people do.
    MAX_MESSAGES_PER_PERSON_PER_MINUTE: '1000',
    DATA_DIR: places.dataDir,
    HOST: '127.0.0.1',
    PORT: String(places.port),
    GUIDE_URL: `http://127.0.0.1:${places.port}/g`,
    LOG_LEVEL: 'debug',
  };
}
