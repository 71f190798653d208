/**
 * Stands in for botbuilder-dialogs in the bundle: 0.4 s and 40 MB for prompts that teams-ai's sign-in uses and Onboard
 * does not. teams-ai extends `Dialog` while it loads; everything else is reached only when its `authentication` option
 * is set, and says so. Stops being right the day Onboard signs people in.
 */
class Dialog {}

module.exports = new Proxy(
  { Dialog, DialogTurnStatus: {} },
  {
    get(known, name) {
      if (name in known || typeof name === 'symbol' || name === '__esModule') return known[name];
      throw new Error(`botbuilder-dialogs is not in this bundle (${name} was asked for)`);
    },
  },
);
