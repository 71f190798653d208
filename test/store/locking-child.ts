import { acquireInstanceLock } from '../../bot/store/instance-lock';

/** Takes the lock on the directory given, says so, and holds it until it is killed. */
const lock = acquireInstanceLock(process.argv[2] ?? '');
console.log(JSON.stringify(lock.holder));
setInterval(() => {}, 60_000);
