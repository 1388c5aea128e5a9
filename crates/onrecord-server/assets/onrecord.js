'use strict';
// Comfort for pages that work without it.

// Ingest: the rows of runs follow the store, as long as the page is open.
(() => {
  const rows = document.querySelector('[data-jobs]');
  if (!rows || !window.EventSource) return;
  const live = document.querySelector('[data-live]');
  const numbers = new Intl.NumberFormat('en-GB');
  const sizes = [[1e9, 'GB', 1], [1e6, 'MB', 0], [1e3, 'kB', 0]];
  const size = (bytes) => {
    const [unit, name, digits] = sizes.find(([least]) => bytes >= least) ?? [1, 'B', 0];
    return `${(bytes / unit).toFixed(digits)} ${name}`;
  };
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
  const moment = (text) => {
    const date = new Date(text);
    return Number.isNaN(date.getTime()) ? text : `${day.format(date)}, ${hour.format(date)} UTC`;
  };
  const write = (row, job) => {
    for (const cell of row.querySelectorAll('[data-field]')) {
      const value = job[cell.dataset.field];
      let text = value ?? '';
      if (cell.dataset.field === 'bytes') text = size(value);
      else if (cell.tagName === 'TIME') { text = moment(value); cell.dateTime = value; }
      else if (typeof value === 'number' && cell.dataset.field !== 'per_second') text = numbers.format(value);
      if (cell.dataset.field === 'state') cell.dataset.state = value;
      if (cell.textContent !== String(text)) cell.textContent = text;
    }
  };
  const events = new EventSource(rows.dataset.jobs);
  events.addEventListener('jobs', (event) => {
    const jobs = JSON.parse(event.data).rows;
    for (const job of jobs) {
      let row = [...rows.children].find((known) => known.dataset.job === job.id);
      if (!row) {
        if (!rows.firstElementChild) return;
        row = rows.firstElementChild.cloneNode(true);
        row.dataset.job = job.id;
        row.querySelector('.source').replaceWith(Object.assign(document.createElement('span'), { className: 'source', textContent: job.source }));
        rows.prepend(row);
      }
      write(row, job);
    }
    if (live) live.textContent = 'As of now, and while this page is open.';
  });
  events.addEventListener('error', () => {
    if (live) live.textContent = 'As of the last word from the server; load the page again to see more.';
  });
})();
