import { judgeGuard, judgeStrength } from '../judge-guard';
import { type Asks, asksOf } from './asks';
import { type Coverage, coverageOf } from './covers';
import { excludeGroup } from './fix';
import type { CaPolicy } from './policy';
import type { Finding, Verdict } from './verdict';
import { has } from './vocabulary';
import { whoIsHit } from './who';

/** What was decided, before report-only and what is unknown are taken into account. */
interface Judged {
  readonly verdict: Verdict;
  readonly reason: string;
  readonly at: string;
  readonly exclude?: boolean;
  readonly unknown?: boolean;
}

/**
 * Judges any policy but the one that lets the onboarding group register: would somebody in the group, with a multi-use
 * pass and nothing else, be stopped by it? Microsoft: "Conditional Access: building a policy", and the way of the pass
 * through registration on the computer and in Authenticator. Pure; the evidence is a JSON path within the policy.
 */
export function judgePolicy(policy: CaPolicy, groupId: string): Finding {
  const judged = withState(policy, judge(policy, groupId));
  const unknown = judged.unknown === true;
  return {
    verdict: judged.verdict,
    reason: judged.reason,
    evidence: `${policy.source}: ${judged.at}`,
    fix: judged.exclude ? excludeGroup(policy, groupId) : null,
    unknown,
  };
}

function judge(policy: CaPolicy, groupId: string): Judged {
  const state = policy.state.toLowerCase();
  if (state === 'disabled') return { verdict: 'ok', reason: 'It is switched off.', at: '$.state' };
  if (policy.servicePrincipals && asksOf(policy).blocks) {
    return {
      verdict: 'review',
      reason: 'It stops applications, not people: see that it leaves Onboard’s own through, from where it runs.',
      at: '$.conditions.clientApplications',
    };
  }
  const who = whoIsHit(policy, groupId);
  if (!who.hit) {
    const strangers = policy.unknown.filter((at) => at.startsWith('$.conditions.users'));
    // Somebody may be included by a rule that this version does not know; where the group is excluded, that wins.
    const excluded = has(policy.users.excludeGroups, groupId);
    if (strangers.length > 0 && !excluded && !policy.servicePrincipals) {
      return unclear(`It names people in a way that is not known here: ${strangers.join(', ')}.`, strangers[0] ?? '$');
    }
    return { verdict: 'ok', reason: who.why, at: who.at };
  }
  const covers = coverageOf(policy);
  const asks = asksOf(policy);
  if (isGuard(policy, covers, asks, groupId)) {
    const why = whyNoGuard(policy, groupId);
    const at = '$.grantControls.authenticationStrength';
    return why === undefined
      ? {
          verdict: 'ok',
          reason: 'A guard: during the window it lets nobody in with a bare password, and a pass gets through.',
          at,
        }
      : { verdict: 'warn', reason: `It lets a pass through, and as a guard it proves nothing: ${why}.`, at };
  }
  const verdict = judgeHit(policy, covers, asks, `${who.words}, ${covers.words}`);
  if (policy.unknown.length === 0) return verdict;
  const said = `${verdict.reason} Not known here: ${policy.unknown.join(', ')}.`;
  // Excluding the group settles a policy whatever else is in it; where nothing was to be done, nobody can tell.
  if (verdict.verdict === 'fail' || verdict.verdict === 'must-exclude') return { ...verdict, reason: said };
  return { ...unclear(said, policy.unknown[0] ?? '$'), ...(verdict.exclude ? { exclude: true } : {}) };
}

function unclear(reason: string, at: string): Judged {
  return { verdict: 'review', reason, at, unknown: true };
}

function judgeHit(policy: CaPolicy, covers: Coverage, asks: Asks, target: string): Judged {
  if (covers.kind === 'step-up') {
    return { verdict: 'ok', reason: `Only ${covers.words}.`, at: covers.at };
  }
  if (covers.kind === 'nothing') return { verdict: 'ok', reason: `It covers ${covers.words}.`, at: covers.at };
  if (onlyLegacy(policy)) {
    return { verdict: 'ok', reason: 'Legacy clients only: registration uses none.', at: '$.conditions.clientAppTypes' };
  }
  if (policy.flows.length > 0) {
    return {
      verdict: 'ok',
      reason: 'Device code or transfer only: registration uses neither.',
      at: '$.conditions.authenticationFlows',
    };
  }
  if (asks.blocks) return judgeBlock(policy, covers, target);
  if (asks.nothing) return judgeSession(policy);
  if (asks.termsOnly) {
    return { verdict: 'may-stay', reason: 'Terms of use: one page more before the wizard.', at: asks.at };
  }
  return asks.proof ? judgeProof(policy, covers, asks, target) : judgeDevice(policy, covers, asks, target);
}

function judgeBlock(policy: CaPolicy, covers: Coverage, target: string): Judged {
  const block = '$.grantControls.builtInControls';
  if (policy.risks.length > 0) {
    return {
      verdict: 'review',
      reason: `Blocks people at risk (${target}): clear the risk of whoever was verified; do not open the net for everybody.`,
      at: block,
    };
  }
  if (policy.narrowedBy.length > 0) {
    return {
      verdict: 'may-stay',
      reason: `Blocks ${target}, only where ${wordsOf(policy.narrowedBy)}. The phone may be on mobile data, outside of known places.`,
      at: policy.narrowedBy[0] ?? block,
    };
  }
  if (covers.kind === 'app') {
    return covers.messages
      ? {
          verdict: 'warn',
          reason: `Blocks ${target}: Onboard's messages cannot be read there. Use the guide page.`,
          at: block,
        }
      : { verdict: 'may-stay', reason: `Blocks ${target}: registration touches none of it.`, at: block };
  }
  return { verdict: 'fail', reason: `Blocks ${target}: nobody gets as far as registering.`, at: block, exclude: true };
}

function judgeSession(policy: CaPolicy): Judged {
  if (policy.session.length === 0) return { verdict: 'ok', reason: 'It asks for nothing.', at: '$.grantControls' };
  const often = has(policy.session, 'signInFrequency');
  return {
    verdict: 'may-stay',
    reason: often
      ? 'Session controls only: the pass may be asked for more often, which is why it works more than once.'
      : `Session controls only (${policy.session.join(', ')}).`,
    at: `$.sessionControls.${policy.session[0]}`,
  };
}

function judgeDevice(policy: CaPolicy, covers: Coverage, asks: Asks, target: string): Judged {
  const { at } = asks;
  if (covers.kind === 'app' || covers.kind === 'device') {
    return covers.messages
      ? { verdict: 'warn', reason: `Asks for ${asks.words} (${target}): Teams may not open on a new device.`, at }
      : { verdict: 'may-stay', reason: `Asks for ${asks.words} (${target}): registration is not touched.`, at };
  }
  const either = policy.grant?.operator === 'OR' && asks.device;
  if (asks.app && !either && touchesPhones(policy)) {
    if (!covers.phoneLeg) {
      return {
        verdict: 'may-stay',
        reason: `Asks for ${asks.words}, and leaves out the service that Authenticator uses.`,
        at,
      };
    }
    return {
      verdict: 'fail',
      reason: `Asks for ${asks.words} (${target}): Authenticator on a new phone has none while it makes the passkey.`,
      at,
      exclude: true,
    };
  }
  return {
    verdict: 'may-stay',
    reason: `Asks for ${asks.words} (${target}): a new phone has none. Use a managed phone, or a security key on a managed computer.`,
    at,
  };
}

function judgeProof(policy: CaPolicy, covers: Coverage, asks: Asks, target: string): Judged {
  const { at } = asks;
  const when = policy.narrowedBy.length > 0 ? ` Only where ${wordsOf(policy.narrowedBy)}.` : '';
  const asked = `Asks for ${asks.words} (${target}).${when}`;
  if (policy.risks.length > 0) {
    return {
      verdict: 'review',
      reason: `${asked} ${asks.passEnough === 'yes' ? 'A pass gets through' : 'A pass does not get through'} for people at risk: clear the risk of whoever was verified, or exclude the group knowingly.`,
      at,
    };
  }
  if (covers.kind === 'registration') {
    return {
      verdict: 'fail',
      reason: `${asked} Policies on this action must all be met together.`,
      at: covers.at,
      exclude: true,
    };
  }
  if (covers.kind === 'device') {
    return asks.passEnough === 'yes'
      ? { verdict: 'ok', reason: `${asked} A pass satisfies it.`, at }
      : { verdict: 'warn', reason: `${asked} A pass may not satisfy it.`, at, exclude: true };
  }
  if (covers.kind === 'app') {
    const so = covers.messages ? " Onboard's messages may not be readable before the passkey exists." : '';
    return { verdict: 'warn', reason: `${asked}${so} The group belongs excluded.`, at, exclude: true };
  }
  if (asks.passEnough === 'no') {
    return {
      verdict: 'fail',
      reason: `${asked} A pass is not enough: registering goes round in circles.`,
      at,
      exclude: true,
    };
  }
  if (asks.passEnough === 'unknown') {
    return {
      verdict: 'must-exclude',
      reason: `${asked} Whether a pass is enough cannot be read from this export.`,
      at,
      exclude: true,
    };
  }
  return {
    verdict: 'must-exclude',
    reason: `${asked} A pass gets through, and yet the group has to be excluded from every policy that asks for MFA.`,
    at,
    exclude: true,
  };
}

/** Report-only stops nobody yet: one step milder, and said so. An unknown state is judged as if it were on. */
function withState(policy: CaPolicy, judged: Judged): Judged {
  const state = policy.state.toLowerCase();
  if (state === 'enabled' || state === 'disabled') return judged;
  if (state !== 'enabledforreportingbutnotenforced') {
    return { ...judged, ...unclear(`${judged.reason} Its state "${policy.state}" is not known here.`, '$.state') };
  }
  const milder: Partial<Record<Verdict, Verdict>> = { fail: 'warn', 'must-exclude': 'warn', warn: 'may-stay' };
  const verdict = milder[judged.verdict];
  if (!verdict) return judged;
  const would = judged.verdict === 'fail' ? 'would stop people' : 'would have to exclude the group';
  return { ...judged, verdict, reason: `Report-only; once switched on it ${would}. ${judged.reason}` };
}

/** Why it does not prove that a bare password opens nothing, by the rules by which a window of a privileged person opens. */
export function whyNoGuard({ body, grant }: CaPolicy, groupId: string): string | undefined {
  const why = judgeGuard(body, groupId);
  return why ?? judgeStrength({ allowedCombinations: grant?.strength?.combinations ?? [] });
}

/** The optional guard: for the onboarding group alone, on all resources, a strength that takes a pass. */
function isGuard(policy: CaPolicy, covers: Coverage, asks: Asks, groupId: string): boolean {
  const { users, grant } = policy;
  const alone =
    users.includeGroups.length === 1 &&
    has(users.includeGroups, groupId) &&
    users.includeRoles.length === 0 &&
    users.includeUsers.every((one) => has(['None'], one));
  return alone && covers.kind === 'all' && Boolean(grant?.strength) && asks.passEnough === 'yes' && !asks.blocks;
}

function onlyLegacy({ clientAppTypes }: CaPolicy): boolean {
  return (
    clientAppTypes.length > 0 &&
    clientAppTypes.every((one) => has(['exchangeActiveSync', 'other', 'easSupported'], one))
  );
}

/** A policy without platforms, or with one of the phones'. */
function touchesPhones({ platforms }: CaPolicy): boolean {
  return platforms.length === 0 || ['all', 'ios', 'android'].some((one) => has(platforms, one));
}

function wordsOf(narrowedBy: readonly string[]): string {
  return `${narrowedBy.map((at) => at.replace('$.conditions.', '')).join(', ')} match`;
}
