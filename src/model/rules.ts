/** The promises of a lane queue, by name. Models, properties, scenarios, counterexamples and pages cite them by it. */
export const RULES = {
  capacity: 'Nothing starts in a lane that holds as many tasks as it has slots.',
  'work-conserving': 'Where there is a backlog and a free slot, the head of the backlog starts at once.',
  order: 'In a lane, tasks start by priority class, then by arrival.',
  'exactly-once': 'A body runs at most once, and its caller is answered once, when the task settles.',
  conservation: 'Every task is in one place, and the counts tell the truth whenever they are read.',
  'callback-safe':
    "Where code of the user throws, no slot leaks, no task is lost, nothing else stops, and nobody else's task fails.",
  isolation: 'What happens in a lane changes nothing in another.',
  progress: 'A hold lives for a ceiling from its last sign of life, and a sign of life counts once.',
  'no-permanent-saturation':
    'Where tasks wait behind a stalled hold, it is taken back of itself, at its ceiling; nobody waits for ever.',
  'sibling-safe': 'A reclaim leaves healthy holds alone: their completions count, free their slots and start the next.',
  'late-inert': 'A settlement after the hold was taken back frees nothing, starts nothing and wakes nobody.',
  'caller-outcome': 'When a hold is taken back, its body is told to abort and its caller learns why, at once.',
  timeout: 'A hold whose own time has passed since its last sign of life is taken back, whether or not anybody waits.',
  waiters:
    'Whoever waits for what is active now to leave, or for all to be at rest, is answered when that has come, whatever brought it about.',
  reset: 'A reset takes every hold back, says how many, and starts the backlog.',
  clear: 'Clearing drops the backlog, tells its callers, says how many they were, and leaves holds alone.',
  abort: 'A signal that aborts takes queued tasks out with its reason; bodies that run see it, and keep their slots.',
  pause: 'In a lane that is paused or has no slots nothing starts, nothing is judged and nothing is blocked.',
  close: 'A closed queue refuses what is new, runs what is queued, and waits for it, past phantoms, to its deadline.',
  'warnings-bounded': 'Warnings keep within their bounds, and what is held back is counted.',
  'never-silent': 'A blocked lane is reported while it stays so, truthfully, and a reclaim is reported.',
  hygiene: 'At rest nothing remains: no timer, no listener on a signal, no record of a lane that nobody configured.',
  clock: 'The wall clock changes nothing, and a hold that is judged late is first given time to report, once.',
  'no-stray-errors': 'No call throws and no rejection goes astray that the caller has not caused.',
  'bad-input': 'Bad input throws at once, names the argument and the value, and changes nothing.',
  context: 'A body runs in the async context of its own enqueue; timers, listeners and loggers in that of the queue.',
  observable: 'Every transition is an event, told after it happened and before the next one does.',
} as const;

export type RuleName = keyof typeof RULES;

export const RULE_NAMES = Object.keys(RULES) as readonly RuleName[];

/** These are not shown by commands: the queue's own tests show them. */
export const TESTED_DIRECTLY: readonly RuleName[] = ['bad-input', 'context'];
