import { RULE_NAMES, type RuleName } from '../../oracle/index.ts';
import type { Report, RuleVerdict } from '../../search/index.ts';
import { grouped } from '../duration.ts';
import type { Verdict } from '../verdict.ts';
import { article } from './article.ts';
import { html, type Markup } from './escape.ts';
import { page } from './page.ts';

/** A campaign, and what came of running its counterexamples again. */
export interface Campaign {
  readonly report: Report;
  readonly verdicts: readonly Verdict[];
  /** It was stopped before its end. Default false. */
  readonly isInterrupted?: boolean;
}

/** A whole campaign: a row a promised rule, and behind each that is broken its counterexample, on the same page. */
export function campaignHtml({ report, verdicts, isInterrupted = false }: Campaign): string {
  const { subject, seed, commands, runs, rules } = report;
  const [promised, others] = [false, true].map((is) =>
    RULE_NAMES.filter((rule) => (rules[rule].status === 'not-promised') === is),
  ) as [RuleName[], RuleName[]];
  const head = html`<header>
      <h1>${subject}</h1>
      <p class="promise">${summary(rules)}</p>
      <p class="setup">
        seed ${seed}, ${grouped(commands)} commands in ${grouped(runs)}
        runs${isInterrupted ? '; it was interrupted: there may be more' : ''}
      </p>
    </header>
    <table class="rules" id="rules">
      <thead>
        <tr>
          <th>promise</th>
          <th></th>
          <th>times asked for</th>
        </tr>
      </thead>
      <tbody>
        ${promised.map((rule) => row(rule, rules[rule], verdicts))}
      </tbody>
    </table>
    ${others.length === 0 ? '' : html`<p class="setup">Not promised: ${others.join(', ')}.</p>`}`;
  const articles = verdicts.map((one) => article(one, html`<a class="back" href="#rules">↑ all promises</a>`));
  return page(`${subject}: ${summary(rules)}`, html`${head}${articles}`);
}

function row(rule: RuleName, verdict: RuleVerdict, verdicts: readonly Verdict[]): Markup {
  const { status, exercised } = verdict;
  const isShown = verdicts.some((one) => one.rule === rule);
  return html`<tr>
    <th scope="row">${isShown ? html`<a href="#${rule}">${rule}</a>` : rule}</th>
    <td class="status-${status}">${WORDS[status]}${broken(verdict, isShown)}</td>
    <td>${status === 'tested' ? '' : grouped(exercised)}</td>
  </tr>`;
}

const WORDS: Readonly<Record<RuleVerdict['status'], string>> = {
  holds: '✓ holds',
  broken: '✗ broken',
  'not-promised': '· not promised',
  'not-reached': '! not reached: nothing asked for it, give it more commands',
  tested: '✓ by tests of its own',
};

/** In what way, where that is not to be seen from the counterexample alone. */
function broken({ status, stuck, counterexample }: RuleVerdict, isShown: boolean): string {
  if (stuck !== undefined) {
    const isInCommands = stuck.place <= (counterexample?.commands.length ?? Infinity);
    return `: the queue ${stuck.how} at ${isInCommands ? `command ${stuck.place}` : 'the end'}`;
  }
  return status === 'broken' && !isShown ? ' in the search, and not when its commands were carried out once more' : '';
}

function summary(rules: Report['rules']): string {
  const count = RULE_NAMES.filter((rule) => rules[rule].status === 'broken').length;
  if (count === 0) return 'keeps every promise that was asked for';
  return count === 1 ? 'breaks one promise' : `breaks ${count} promises`;
}
