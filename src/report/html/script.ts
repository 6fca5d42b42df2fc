/** What the page does: one step at a time is shown. Without it the last one is, and the table has all. */
export const SCRIPT = `
document.documentElement.classList.add('js');
const views = [...document.querySelectorAll('article')].map((article) => {
  const steps = [...article.querySelectorAll('.step')];
  const columns = [...article.querySelectorAll('.column')];
  const [scroll, time, output] = ['.scroll', '.time', 'output'].map((one) => article.querySelector(one));
  const [width, last] = [Number(time.getAttribute('width')), steps.length - 1];
  let [at, zoom] = [last, 1];
  const view = {
    article,
    go(to) {
      at = Math.max(0, Math.min(last, to));
      steps.forEach((step, place) => { step.hidden = place !== at; });
      columns.forEach((column, place) => column.classList.toggle('picked', place === at));
      output.textContent = 'step ' + (at + 1) + ' of ' + steps.length + (at === last ? ', where it differs' : '');
      const column = width / (columns.length + 190 / 84) * zoom;
      const left = at === last ? time.clientWidth + 9999 : column * (at + 0.5) - scroll.clientWidth / 2;
      scroll.scrollLeft = left;
    },
    move(by) { view.go(at + by); },
    ends: { first: 0, last },
    zoomBy(factor) {
      zoom = Math.max(0.4, Math.min(3, zoom * factor));
      time.setAttribute('width', String(width * zoom));
      view.go(at);
    },
  };
  columns.forEach((column, place) => column.addEventListener('click', () => view.go(place)));
  article.addEventListener('click', (event) => {
    current = view;
    const { go, zoom: by } = event.target.dataset ?? {};
    if (go === 'back' || go === 'on') view.move(go === 'on' ? 1 : -1);
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
    ArrowLeft: () => current.move(-1), ArrowRight: () => current.move(1),
    Home: () => current.go(0), End: () => current.go(current.ends.last),
    '+': () => current.zoomBy(1.25), '-': () => current.zoomBy(0.8),
  }[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
});
`;
