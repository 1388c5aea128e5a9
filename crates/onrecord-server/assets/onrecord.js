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

// Keys, words tied to their notes, spans set by selecting and dragging. Data become text, never markup.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  // What this browser remembers; a browser that remembers nothing is no error.
  const remembered = name => { try { return localStorage.getItem('onrecord.' + name) || ''; } catch { return ''; } };
  const remember = (name, value) => { try { localStorage.setItem('onrecord.' + name, value); } catch { /* not kept */ } };

  let live;
  const tell = words => {
    live ||= document.body.appendChild(make('p', { className: 'live', role: 'status' }));
    live.textContent = words;
    clearTimeout(tell.over);
    tell.over = setTimeout(() => { live.textContent = ''; }, 6000);
  };

  // Items of the page: notes of an article, or hits of a list.
  const items = () => all('.note[data-item], .said[data-item]').filter(item => item.getClientRects().length);
  const speakersOf = item => all('.who a[href^="/speakers/"]', item).map(link => link.getAttribute('href'));
  let current = null;

  // The words of an item, by the name that it has in its record.
  const wordsOf = new Map();
  for (const segment of all('.g[data-of]')) {
    for (const token of segment.dataset.of.split(' ')) {
      const [name, part] = token.split(':');
      if (!wordsOf.has(name)) wordsOf.set(name, []);
      wordsOf.get(name).push([segment, part || 'trigger']);
    }
  }
  const noteOf = new Map(all('.note[data-of]').map(note => [note.dataset.of, note]));

  const light = names => {
    for (const lit of all('.lit')) lit.classList.remove('lit', 'as-source', 'as-cue', 'as-content', 'as-trigger');
    for (const name of names) {
      for (const [segment, part] of wordsOf.get(name) || []) segment.classList.add('lit', 'as-' + part);
      noteOf.get(name)?.classList.add('lit');
    }
  };
  // Of words in several statements, the one whose source or cue they are, else the innermost; and the events that they tell of.
  const namesAt = segment => {
    const tokens = segment.dataset.of.split(' ');
    const events = tokens.filter(token => token[0] === 'v');
    const statements = tokens.filter(token => token[0] === 's');
    const own = statements.filter(token => !token.endsWith(':content'));
    const chosen = own.length ? own : statements.slice(-1);
    const names = [...events, ...chosen.map(token => token.split(':')[0])];
    return names.length ? names : tokens.slice(0, 1);
  };
  const lightCurrent = () => light(current?.dataset.of ? [current.dataset.of] : []);

  const choose = (item, focuses) => {
    current?.classList.remove('current');
    current = item;
    current.classList.add('current');
    lightCurrent();
    if (!focuses) return;
    if (!current.hasAttribute('tabindex')) current.tabIndex = -1;
    current.focus({ preventScroll: true });
    current.scrollIntoView({ block: 'nearest' });
    one('#s-' + CSS.escape(current.id.slice(2)))?.scrollIntoView({ block: 'center' });
  };

  const text = one('.text');
  if (text) {
    const hovered = target => {
      const segment = target.closest?.('.g');
      const note = target.closest?.('.note');
      if (note) light([note.dataset.of]);
      else if (segment) light(namesAt(segment));
      else lightCurrent();
    };
    text.addEventListener('mouseover', event => hovered(event.target));
    text.addEventListener('mouseleave', lightCurrent);
    text.addEventListener('focusin', event => {
      const href = event.target.getAttribute('href');
      const note = event.target.closest('.note') || (href?.startsWith('#n-') && one(href));
      if (note) choose(note, false);
    });
    text.addEventListener('click', event => {
      const segment = event.target.closest('.g');
      const note = segment && namesAt(segment).map(name => noteOf.get(name)).find(Boolean);
      if (note && getSelection().isCollapsed) choose(note, false);
    });
    const arrived = () => {
      const mark = /^#[sn]-(\w+)$/.exec(location.hash)?.[1];
      const note = mark && document.getElementById('n-' + mark);
      if (note) choose(note, false);
    };
    addEventListener('hashchange', arrived);
    arrived();
  }

  const step = (by, fits) => {
    const list = items();
    let at = list.indexOf(current);
    if (at < 0 && by < 0) at = list.length;
    for (at += by; at >= 0 && at < list.length; at += by) {
      if (fits(list[at])) return choose(list[at], true);
    }
    tell(by > 0 ? 'That was the last.' : 'That was the first.');
  };
  const stepSame = by => {
    const speakers = current ? speakersOf(current) : [];
    if (!speakers.length) return tell('Choose a statement with a named speaker first.');
    step(by, item => speakersOf(item).some(speaker => speakers.includes(speaker)));
  };

  // Corrections.
  for (const field of all('form[action="/corrections"] input[name=who]')) field.value ||= remembered('who');
  document.addEventListener('submit', event => {
    const who = one('input[name=who]', event.target)?.value.trim();
    if (who) remember('who', who);
  });
  const send = async (item, body) => {
    const who = remembered('who');
    if (!who) return help('Who corrects? Type your name first.');
    try {
      const answer = await fetch('/corrections', {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ ...body, who }),
      });
      const got = await answer.json();
      if (!got.ok) return tell(got.error);
      item.dataset.last = got.rows[0].correction;
      const row = await (await fetch(`/s/${item.dataset.item}.json`)).json();
      const status = row.rows?.[0]?.status;
      if (status) item.dataset.status = status; else delete item.dataset.status;
      tell(body.change === 'undo' ? 'Taken back.' : `${status}. u takes it back.`);
    } catch { tell('The server does not answer.'); }
  };
  const press = (item, selector) => {
    const form = one('form[action="/corrections"]', item);
    const button = form && all(selector, form).pop();
    if (!button) return tell('There is nothing to take back.');
    one('details.correct', item).open = true;
    form.requestSubmit(button);
  };
  const decide = change => {
    if (!current) return tell('Choose a statement with j first.');
    if (current.matches('.note')) press(current, `button[value=${change}]`);
    else send(current, { item: current.dataset.item, change });
  };
  const undo = () => {
    if (!current) return tell('Choose a statement with j first.');
    if (current.matches('.note')) press(current, 'button[name=undo]');
    else if (current.dataset.last) send(current, { item: current.dataset.last, change: 'undo' });
    else tell('There is nothing to take back here; the article has the log.');
  };
  const edit = () => {
    if (!current) return tell('Choose a statement with j first.');
    if (!current.matches('.note')) { location.href = one('.words a', current).href; return; }
    const details = one('details.correct', current);
    details.open = true;
    one('.words-of input', details)?.focus();
  };

  // Help.
  let dialog;
  const KEYS = [['/', 'search'], ['j k', 'next and previous'], ['n p', 'next and previous of the same speaker'], ['a', 'accept'], ['r', 'reject'], ['e', 'edit'], ['u', 'take the last correction back'], ['?', 'this help']];
  function help(words) {
    if (!dialog) {
      const who = make('input', { name: 'who', autocomplete: 'name', maxLength: 200 });
      who.addEventListener('input', () => {
        remember('who', who.value.trim());
        for (const field of all('form[action="/corrections"] input[name=who]')) field.value = who.value;
      });
      const on = make('input', { type: 'checkbox', checked: remembered('keys') !== 'off' });
      on.addEventListener('change', () => remember('keys', on.checked ? '' : 'off'));
      const list = make('dl', {}, ...KEYS.map(([keys, does]) => make('div', {}, make('dt', {}, ...keys.split(' ').flatMap((key, at) => [at ? ' ' : '', make('kbd', {}, key)])), make('dd', {}, does))));
      dialog = make('dialog', { className: 'help' }, make('h2', { id: 'help-title' }, 'Keys'), make('p', { className: 'lead' }), list,
        make('p', {}, make('label', {}, 'Your name, for corrections ', who)), make('p', {}, make('label', {}, on, ' Single keys do this')),
        make('form', { method: 'dialog' }, make('button', {}, 'Close')));
      dialog.setAttribute('aria-labelledby', 'help-title');
      dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });
      document.body.append(dialog);
    }
    one('input[name=who]', dialog).value = remembered('who');
    one('.lead', dialog).textContent = typeof words === 'string' ? words : '';
    if (!dialog.open) dialog.showModal();
    if (typeof words === 'string') one('input[name=who]', dialog).focus();
  }

  const DOES = {
    '/': () => { const field = one('#q') || one('#find'); field?.focus(); field?.select(); },
    j: () => step(1, () => true), k: () => step(-1, () => true),
    n: () => stepSame(1), p: () => stepSame(-1),
    a: () => decide('accept'), r: () => decide('reject'), e: edit, u: undo, '?': help,
  };
  document.addEventListener('keydown', event => {
    const target = event.target;
    if (event.key === 'Escape' && target.closest?.('details.correct[open]')) {
      const note = target.closest('.note');
      target.closest('details').open = false;
      return choose(note, true);
    }
    const does = DOES[event.key];
    if (!does || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog?.open) return;
    if (target.isContentEditable || target.matches?.('input:not([type=checkbox]), select, textarea')) return;
    if (remembered('keys') === 'off' && event.key !== '?') return;
    event.preventDefault();
    does();
  });

  // Characters of the text ↔ places in the page. A character is a code point; the script's own strings count otherwise.
  const pieces = [];
  for (const paragraph of all('.text p[data-at]')) {
    let at = Number(paragraph.dataset.at);
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT, node => node.parentElement.closest('.ref') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    while (walker.nextNode()) {
      const length = [...walker.currentNode.data].length;
      pieces.push({ node: walker.currentNode, start: at, end: at + length });
      at += length;
    }
  }
  const points = (words, units) => [...words.slice(0, units)].length;
  const units = (words, count) => [...words].slice(0, count).join('').length;
  const place = (offset, isEnd) => {
    const piece = pieces.find(({ start, end }) => isEnd ? start < offset && offset <= end : start <= offset && offset < end);
    return piece && [piece.node, units(piece.node.data, offset - piece.start)];
  };
  const rangeOf = (start, end) => {
    const [from, to] = [place(start, false), place(end, true)];
    if (!from || !to || start >= end) return null;
    const range = new Range();
    range.setStart(...from);
    range.setEnd(...to);
    return range;
  };
  const quoted = (start, end) => pieces.filter(piece => piece.end > start && piece.start < end)
    .map(piece => [...piece.node.data].slice(Math.max(0, start - piece.start), end - piece.start).join('')).join('');
  const offsetsOf = range => {
    const inside = pieces.filter(({ node }) => range.intersectsNode(node));
    if (!inside.length) return null;
    const [first, last] = [inside[0], inside[inside.length - 1]];
    let start = first.start + (first.node === range.startContainer ? points(first.node.data, range.startOffset) : 0);
    let end = last.node === range.endContainer ? last.start + points(last.node.data, range.endOffset) : last.end;
    const words = [...quoted(start, end)];
    while (words.length && /\s/.test(words[0])) { words.shift(); start += 1; }
    while (words.length && /\s/.test(words[words.length - 1])) { words.pop(); end -= 1; }
    return start < end ? [start, end] : null;
  };

  // Setting the words of an item: fields with numbers, what is selected, and edges to drag.
  const pairsOf = part => all('.span', part).map(span => { const [start, end] = all('input', span); return { span, start, end, output: one('output', span) }; });
  const put = (pair, start, end) => {
    pair.start.value = start;
    pair.end.value = end;
    pair.start.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const edges = make('div', { className: 'edges' });
  let opened = null;

  const show = () => {
    const ranges = [];
    edges.replaceChildren();
    if (opened) {
      for (const part of all('.part', opened)) {
        for (const pair of pairsOf(part)) {
          const range = pair.start.value !== '' && pair.end.value !== '' && rangeOf(Number(pair.start.value), Number(pair.end.value));
          if (!range) continue;
          ranges.push(range);
          const boxes = range.getClientRects();
          edges.append(edge(pair, part, true, boxes[0]), edge(pair, part, false, boxes[boxes.length - 1]));
        }
      }
    }
    if (globalThis.Highlight) CSS.highlights.set('editing', new Highlight(...ranges));
  };
  // Where a word or a mark begins, or ends.
  const isWordEdge = (offset, isStart) => {
    const [before, behind] = [quoted(offset - 1, offset), quoted(offset, offset + 1)];
    const [inside, outside] = isStart ? [behind, before] : [before, behind];
    return inside !== '' && !/\s/.test(inside) && !/[\p{L}\p{N}\p{M}]/u.test(outside);
  };
  const move = (pair, isStart, offset) => {
    const [start, end] = [Number(pair.start.value), Number(pair.end.value)];
    if (isStart ? offset < end : offset > start) put(pair, isStart ? offset : start, isStart ? end : offset);
  };
  function edge(pair, part, isStart, box) {
    const around = text.getBoundingClientRect();
    const handle = make('button', { type: 'button', className: 'edge ' + (isStart ? 'at-start' : 'at-end') });
    handle.setAttribute('aria-label', `${isStart ? 'Start' : 'End'} of the ${part.dataset.part}: arrow keys move it by a word, with shift by a character`);
    Object.assign(handle.style, { left: `${(isStart ? box.left : box.right) - around.left}px`, top: `${box.top - around.top}px`, height: `${box.height}px` });
    const at = () => Number((isStart ? pair.start : pair.end).value);
    handle.addEventListener('keydown', event => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!by) return;
      event.preventDefault();
      let offset = at() + by;
      while (!event.shiftKey && quoted(offset - 1, offset + 1) !== '' && !isWordEdge(offset, isStart)) offset += by;
      move(pair, isStart, offset);
      const again = all('.edge', edges).find(other => other.pair.start === pair.start && other.isStart === isStart);
      again?.focus();
    });
    handle.addEventListener('pointerdown', event => {
      event.preventDefault();
      const moved = event => {
        edges.classList.add('dragging');
        const caret = document.caretPositionFromPoint?.(event.clientX, event.clientY);
        const found = caret ? [caret.offsetNode, caret.offset] : (range => range && [range.startContainer, range.startOffset])(document.caretRangeFromPoint?.(event.clientX, event.clientY));
        const piece = found && pieces.find(({ node }) => node === found[0]);
        if (!piece) return;
        let offset = piece.start + points(piece.node.data, found[1]);
        for (let away = 0; !event.altKey && away < 30; away += 1) {
          const near = [offset - away, offset + away].find(other => isWordEdge(other, isStart));
          if (near !== undefined) { offset = near; break; }
        }
        move(pair, isStart, offset);
      };
      const ended = () => {
        edges.classList.remove('dragging');
        removeEventListener('pointermove', moved);
        removeEventListener('pointerup', ended);
        removeEventListener('pointercancel', ended);
      };
      addEventListener('pointermove', moved);
      addEventListener('pointerup', ended);
      addEventListener('pointercancel', ended);
    });
    return Object.assign(handle, { pair, isStart });
  }

  if (text) {
    text.append(edges);
    text.addEventListener('input', event => {
      const span = event.target.closest('.span');
      if (!span) return;
      const [start, end] = all('input', span).map(field => field.value);
      one('output', span).textContent = start !== '' && end !== '' ? quoted(Number(start), Number(end)) : '';
      show();
    });
    text.addEventListener('toggle', event => {
      const details = event.target;
      if (details.matches('details.correct')) {
        if (details.open) {
          if (opened && opened !== details) opened.open = false;
          opened = details;
          choose(details.closest('.note'), false);
          prepare(details);
        } else if (opened === details) opened = null;
      }
      show();
    }, true);
    addEventListener('resize', show);
    document.addEventListener('change', event => { if (event.target.closest('.layers')) show(); });
  }
  function prepare(details) {
    if (details.dataset.ready) return;
    details.dataset.ready = 'yes';
    for (const part of all('.part', details)) {
      const take = adds => {
        const selection = getSelection();
        const found = selection.rangeCount && !selection.isCollapsed ? offsetsOf(selection.getRangeAt(0)) : null;
        if (!found) return tell('Select words in the text first.');
        const pairs = pairsOf(part);
        if (adds) {
          if (pairs.every(pair => pair.start.value !== '')) pairs[pairs.length - 1].span.after(pairs[pairs.length - 1].span.cloneNode(true));
          return put(pairsOf(part).find((pair, at) => pair.start.value === '' || at === pairs.length), ...found);
        }
        pairs.forEach((pair, at) => at ? put(pair, '', '') : put(pair, ...found));
      };
      const button = (words, adds) => {
        const made = make('button', { type: 'button', className: 'quiet' }, words);
        // The selection stays what it is while the button is pressed.
        made.addEventListener('mousedown', event => event.preventDefault());
        made.addEventListener('click', () => take(adds));
        return made;
      };
      part.append(make('span', { className: 'take' }, button('Use selection', false), button('Add selection', true)));
    }
  }
})();
