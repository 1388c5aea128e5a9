// CSV by RFC 4180 → rows of cells; anything else throws.

/** @param {string} text @returns {string[][]} */
export function csv(text) {
  const rows = [];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/gy;
  let row = [];
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const match = cell.exec(text);
    if (!match) throw new Error(`no cell at character ${at}: ${text.slice(at, at + 60)}`);
    row.push(match[1].startsWith('"') ? match[1].slice(1, -1).replaceAll('""', '"') : match[1]);
    if (match[2] !== ',') {
      rows.push(row);
      row = [];
    }
  }
  const odd = rows.find(({ length }) => length !== rows[0].length);
  if (odd) throw new Error(`a row of ${odd.length} cells under ${rows[0].length} columns: ${odd}`);
  return rows;
}
