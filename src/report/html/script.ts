/**
 * What the page does: it shows one step at a time. Without it the last one is shown, and the table has all. Texts of steps
 * go into the page as texts.
 */
export const SCRIPT = `
document.documentElement.classList.add('js');
const views = [...document.querySelectorAll('article')].map((article) => {
  const find = (what) => article.querySelector(what);
  const [timeline, output, final] = ['.timeline', 'output', '.step'].map(find);
  const earlier = JSON.parse(find('script.steps').textContent);
  let lanes = [];
  for (const step of earlier) lanes = step.lanes = step.lanes.map((lane, place) => lane || lanes[place]);
  const last = earlier.length;
  const columns = [...article.querySelectorAll('.column')].map((column) => {
    const [from, to] = [Number(column.dataset.first), Number(column.dataset.last)];
    return { column, from, holds: (place) => from <= place && place <= to };
  });
  const shown = final.cloneNode(true);
  shown.classList.remove('differs');
  shown.querySelector('.all').remove();
  for (const cell of shown.querySelectorAll('.wrong')) cell.classList.remove('wrong');
  final.after(shown);
  const fill = (step) => {
    for (const name of ['number', 'what', 'at', 'seen']) shown.querySelector('.' + name).textContent = step[name];
    shown.querySelectorAll('tbody tr').forEach((row, place) => {
      row.querySelectorAll('.cell').forEach((cell, nth) => { cell.textContent = step.lanes[place][nth]; });
    });
  };
  let [at, width] = [last, 84];
  const view = {
    article,
    go(to) {
      at = Math.max(0, Math.min(last, to));
      final.hidden = at !== last;
      shown.hidden = at === last;
      if (at !== last) fill(earlier[at]);
      for (const { column, holds } of columns) column.classList.toggle('picked', holds(at));
      output.textContent = 'step ' + (at + 1) + ' of ' + (last + 1) + (at === last ? ', where it differs' : '');
      const { offsetLeft, offsetWidth } = view.here().column;
      const names = find('.name').offsetWidth;
      timeline.scrollLeft = at === last ? timeline.scrollWidth : offsetLeft - names - (timeline.clientWidth - names - offsetWidth) / 2;
    },
    here: () => columns.find(({ holds }) => holds(at)),
    move(by, isFar) {
      const next = columns[columns.indexOf(view.here()) + by];
      view.go(isFar ? (next?.from ?? (by < 0 ? 0 : last)) : at + by);
    },
    ends: { first: 0, last },
    zoomBy(factor) {
      width = Math.max(40, Math.min(260, width * factor));
      timeline.style.setProperty('--column', width + 'px');
      view.go(at);
    },
  };
  for (const { column, from } of columns) column.addEventListener('click', () => view.go(from));
  article.addEventListener('click', (event) => {
    current = view;
    const { go, zoom: by } = event.target.dataset ?? {};
    if (go === 'back' || go === 'on') view.move(go === 'on' ? 1 : -1, event.shiftKey);
    else if (go !== undefined) view.go(view.ends[go]);
    if (by !== undefined) view.zoomBy(by === 'in' ? 1.25 : 0.8);
  });
  view.go(last);
  return view;
});
let current = views[0];
document.addEventListener('focusin', (event) => { current = views.find(({ article }) => article.contains(event.target)) ?? current; });
document.addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || current === undefined) return;
  const act = {
    ArrowLeft: () => current.move(-1, event.shiftKey), ArrowRight: () => current.move(1, event.shiftKey),
    Home: () => current.go(0), End: () => current.go(current.ends.last),
    '+': () => current.zoomBy(1.25), '-': () => current.zoomBy(0.8),
  }[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
});
`;
