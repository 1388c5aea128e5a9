// The pages, each with where it is. The addresses of single items come from the store.

/** An article with statements of several people, one of them several times. */
export const SPEAKER = 'Chimaliro';

const said = (desk) => desk.by(SPEAKER);

/** @type {{name: string, path: (desk: import('./server.js').Server) => string, forms?: string[], status?: number}[]} */
export const PAGES = [
  { name: 'the front page', path: () => '/' },
  { name: 'statements', path: () => '/statements' },
  { name: 'statements that were searched', path: () => '/statements?q=talks&order=newest' },
  { name: 'statements of which none fits', path: () => '/statements?q=zzzz' },
  { name: 'articles', path: () => '/articles' },
  { name: 'an article', path: (desk) => `/articles/${said(desk).document.id}` },
  { name: 'speakers', path: () => '/speakers' },
  { name: 'a speaker', path: (desk) => `/speakers/${said(desk).speakers[0].id}` },
  { name: 'events', path: () => '/events' },
  { name: 'the timeline', path: () => '/timeline' },
  { name: 'the map', path: () => '/map' },
  { name: 'sources', path: () => '/sources' },
  { name: 'ingest', path: () => '/ingest' },
  { name: 'the corrections', path: () => '/corrections' },
  { name: 'an address of nothing', path: () => '/nothing', status: 404 },
];

/** Those that answer. */
export const ANSWERING = PAGES.filter(({ status }) => !status);
