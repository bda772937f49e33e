import { browser } from './browser.ts';

const NAME = 'unfinished-jobs';
/** The shortest that browsers allow. A worker is ended after about as long without anything to do. */
const MINUTES = 0.5;

/** Starts the worker again, and again, while something is under way that it may have been ended in. */
export const jobAlarm = {
  async setAhead(): Promise<void> {
    await browser.alarms.create(NAME, { delayInMinutes: MINUTES, periodInMinutes: MINUTES });
  },
  async clear(): Promise<void> {
    await browser.alarms.clear(NAME);
  },
};

export function onJobAlarm(wake: () => void): void {
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === NAME) wake();
  });
}
