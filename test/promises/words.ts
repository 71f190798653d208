/** Verbs of cards, by what people mean when they press them. */
export const APPROVE = /approve/i;
export const SECOND = /second/i;
export const DECLINE = /decline|reject/i;

/** What people read as "this part is done". Each is checked against the tenant at the moment when it was said. */
export interface Claim {
  readonly part: 'completed' | 'left' | 'pass-gone' | 'signed-out';
  readonly words: RegExp;
}

const ENGLISH: readonly Claim[] = [
  {
    part: 'completed',
    words:
      /\b(onboarding (is )?(complete|completed|finished)|completed\b|has a working passkey and|your passkey works|passkey .{1,80} is set up\b)/i,
  },
  {
    part: 'left',
    words:
      /\bno longer (a member|in the (onboarding )?group|exempt)|\bis out of the (onboarding )?group|\b(taken|removed) (out of|from) the (onboarding )?group|\bexemption (has )?ended|\bout of the (onboarding )?group: (?!not\b)|\bwindow (is|was) closed\b/i,
  },
  {
    part: 'pass-gone',
    words:
      /\b(pass|code)(es)? (is|are|was|were|has been) (gone|deleted|removed)|\bno (pass|code)( is)? left: (?!not\b)|\bno (pass|code) is left\b|\bthe code no longer (works|counts)/i,
  },
  {
    part: 'signed-out',
    words:
      /\bsessions? (is|are|was|were|has been|have been) (revoked|ended)|\bsigned out everywhere|\bold sign-ins ended: (?!not\b)/i,
  },
];

/**
 * The same in the other languages that Onboard speaks. Written down here a second time on purpose: the judge must not
 * take the words from whom it judges.
 */
const OTHERS: readonly Claim[] = [
  {
    part: 'completed',
    words:
      /hat einen funktionierenden Passkey, und|Ihr Passkey funktioniert|Passkey .{1,80} ist eingerichtet\b|[:,] abgeschlossen\b/i,
  },
  {
    part: 'left',
    words:
      /Nicht mehr in der Onboarding-Gruppe: (?!noch nicht)|Jetzt ist es draußen|Zeitfenster (?:ist|wurde) geschlossen/i,
  },
  { part: 'pass-gone', words: /\bder Code gilt nicht mehr|Kein Code mehr da: (?!noch nicht)/i },
  { part: 'signed-out', words: /Alte Anmeldungen beendet: (?!noch nicht)/i },

  {
    part: 'completed',
    words:
      /a une clé d’accès qui fonctionne et le|votre clé d’accès fonctionne|clé d’accès .{1,80} est configurée\b|[:,.] terminé(?!\p{L})/iu,
  },
  {
    part: 'left',
    words: /Sorti du groupe d’onboarding: (?!pas encore)|Il en est sorti maintenant|créneau (?:est|a été) fermé/i,
  },
  { part: 'pass-gone', words: /Plus aucun code: (?!pas encore)|le code ne (?:fonctionne|compte) plus/i },
  { part: 'signed-out', words: /Anciennes connexions fermées: (?!pas encore)/i },

  {
    part: 'completed',
    words:
      /tiene una clave de acceso que funciona y el|su clave de acceso funciona|clave de acceso .{1,80} está configurada\b|[:,] completado\b/i,
  },
  {
    part: 'left',
    words: /Fuera del grupo de onboarding: (?!aún sin)|Ahora ya está fuera|periodo (?:está cerrado|se cerró)/i,
  },
  { part: 'pass-gone', words: /No queda ningún código: (?!aún sin)|el código ya no (?:funciona|vale)/i },
  { part: 'signed-out', words: /Sesiones antiguas cerradas: (?!aún sin)/i },

  {
    part: 'completed',
    words: /مفتاح مرور يعمل، وفترة|: مفتاح المرور يعمل|مفتاح المرور .{1,80} جاهز|مكتمل|[،:⁨ ]اكتمل/,
  },
  {
    part: 'left',
    words: /خارج مجموعة Onboarding: (?!لم يتأكد)|وهو الآن خارجها|فترة الإعداد مغلقة|أُغلقت فترة الإعداد ولم يعد/,
  },
  { part: 'pass-gone', words: /لم يبق أي رمز: (?!لم يتأكد)|لم يعد الرمز (?:يعمل|صالحًا)/ },
  { part: 'signed-out', words: /أُنهيت جلسات الدخول القديمة: (?!لم يتأكد)/ },
];

export const CLAIMS: readonly Claim[] = [...ENGLISH, ...OTHERS];
