import { boardTests } from './board.contract';
import { guideLinkTests } from './guide-links.contract';
import { languageChoiceTests } from './language-choice.contract';
import { leaseTests } from './leases.contract';
import { ledgerTests } from './ledger.contract';
import { migrateTests } from './migrate.contract';
import { onboardingTests } from './onboardings.contract';
import { outboxTests } from './outbox.contract';
import { restoredTests } from './restored.contract';
import { retentionTests } from './retention.contract';
import { onEveryEngine } from './suite';

// In one file, because PGlite takes seconds to start.
onEveryEngine(
  (bench) => {
    describe('onboardings', () => onboardingTests(bench));
    describe('leases', () => leaseTests(bench));
    describe('outbox', () => outboxTests(bench));
    describe('boards', () => boardTests(bench));
    describe('ledger', () => ledgerTests(bench));
    describe('retention', () => retentionTests(bench));
    describe('guide links', () => guideLinkTests(bench));
    describe('languages', () => languageChoiceTests(bench));
  },
  (place, engine) => {
    describe('migrations', () => migrateTests(place, engine));
    describe('restored', () => restoredTests(place, engine));
  },
);
