import { progress } from './progress.ts';

export const REPEATS = 9;

/**
 * Measures each subject once, then each once again, and so on, so that a change of the machine's speed meets all of them.
 * Who begins changes from repeat to repeat: nobody always follows the same neighbour.
 */
export async function inTurn<Subject, Figure>(
  what: string,
  subjects: readonly Subject[],
  measure: (subject: Subject) => Promise<Figure>,
): Promise<Map<Subject, Figure[]>> {
  const figures = new Map(subjects.map((subject) => [subject, [] as Figure[]]));
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    progress(`${what}, ${repeat + 1} of ${REPEATS}`);
    for (const place of subjects.keys()) {
      const subject = subjects[(repeat + place) % subjects.length]!;
      figures.get(subject)!.push(await measure(subject));
    }
  }
  progress('');
  return figures;
}
