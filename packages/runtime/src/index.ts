export { type Clock, ManualClock, systemClock } from './clock.ts';
export { pause, withDeadline } from './deadline.ts';
export { type LogFields, type Logger, silentLogger } from './logger.ts';
export { packageAsset, siblingModule } from './module-file.ts';
export { type Random, seededRandom, systemRandom } from './random.ts';
