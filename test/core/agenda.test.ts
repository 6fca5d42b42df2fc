import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Agenda, Alarm } from '../../src/core/agenda.ts';
import { VirtualClock } from '../../src/oracle/virtual-clock.ts';

// However alarms are set, moved and taken out, each rings once, at its time, the earliest first; and without alarms there
// is no timer.
it('An agenda is a sorted list of alarms behind one timer.', () => {
  const change = fc.record({ alarm: fc.nat(24), at: fc.option(fc.integer({ min: 0, max: 99 }), { freq: 3 }) });
  fc.assert(
    fc.property(fc.array(change, { minLength: 40, maxLength: 120, size: 'max' }), (changes) => {
      const clock = new VirtualClock();
      const rung: { at: number; alarm: number }[] = [];
      const agenda: Agenda<number> = new Agenda(clock, true, () => {
        for (const alarm of agenda.takeAllDue(clock.now())) rung.push({ at: clock.now(), alarm });
        agenda.rearm();
      });
      const alarms = Array.from({ length: 25 }, (_, owner) => new Alarm(owner));
      const expected = new Map<number, number>();
      for (const { alarm, at } of changes) {
        if (at === null) {
          agenda.cancel(alarms[alarm]!);
          expected.delete(alarm);
        } else {
          agenda.set(alarms[alarm]!, at);
          expected.set(alarm, at);
        }
        expect(clock.armed).toBe(expected.size === 0 ? 0 : 1);
      }
      while (clock.armed > 0) {
        clock.moveTo(clock.nextAt);
        clock.fireOne();
      }
      expect(rung.map(({ at }) => at)).toEqual([...expected.values()].toSorted((a, b) => a - b));
      expect(new Map(rung.map(({ at, alarm }) => [alarm, at]))).toEqual(expected);
    }),
    { seed: 1, numRuns: 200 },
  );
});
