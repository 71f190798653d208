/** The word that was probably meant: at most two letters away, and at most half of the word. */
export function nearest(said: string, words: readonly string[]): string | undefined {
  if (said.length > 20) return undefined;
  let best: string | undefined;
  let bestDistance = 3;
  for (const word of words) {
    const distance = editDistance(said, word);
    if (distance < bestDistance && distance * 2 <= word.length) {
      best = word;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein: how many letters must be added, taken away or changed. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
