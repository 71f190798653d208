import { resolve } from 'node:path';
import type { z } from 'zod/v4';
import type { Problem, Raw } from './rules';

/** An empty value counts as not set: that is how `.env.sample` is filled in. */
export function withoutEmpty(env: NodeJS.ProcessEnv): Raw {
  return Object.fromEntries(
    Object.entries(env)
      .map(([key, value]) => [key, value?.trim()])
      .filter(([, value]) => value),
  );
}

/** Adds what is wrong to `problems`; a key that was already complained about is not named twice. */
export function parse<T extends z.ZodType>(schema: T, raw: Raw, problems: Problem[]): z.infer<T> | undefined {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const key = String(issue.path[0] ?? '');
    if (!problems.some((problem) => problem.key === key)) problems.push({ key, todo: issue.message });
  }
  return undefined;
}

/** The webhook, where there is one; that its two keys come together is a rule. */
export function webhookOf(keys: {
  readonly ALERT_WEBHOOK_URL?: string | undefined;
  readonly ALERT_WEBHOOK_KEY_FILE?: string | undefined;
}): { readonly alertWebhook?: { readonly url: string; readonly keyFile: string } } {
  const { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_KEY_FILE: keyFile } = keys;
  return url && keyFile ? { alertWebhook: { url, keyFile: resolve(keyFile) } } : {};
}

/** Nobody changes a configuration after it was read. */
export function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  }
  return value;
}
