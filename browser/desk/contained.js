// A page that shows hostile words → whether they stayed words.

import { expect } from '@playwright/test';

/** Elements that no page here has, and that words would make if they were taken for HTML. */
const NEVER = 'iframe, object, embed, base, img, video, audio, source, style, template, noscript, plaintext, xmp, math, marquee, foreignObject, animate, set, image, frameset, portal, font, meta[http-equiv], [style], [srcdoc], [contenteditable], [autofocus]';

/** White space as one space, and without what no page can hold. */
export const words = (text) => text.replace(/[\0-\u001f\u007f-\u009f\ufffd\ufeff]/g, ' ').replace(/\s+/g, ' ').trim();

/** Holds that nothing on the page is made of the words that it shows, and, where they are given, that these stand there as they are. */
export async function contained(page, text) {
  const found = await page.evaluate((never) => {
    const line = (element) => element.outerHTML.slice(0, 200);
    const wrong = [...document.querySelectorAll(never)].map(line);
    for (const element of document.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        const leads = ['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'ping', 'poster'].includes(name);
        const scheme = leads && new URL(value, document.baseURI).protocol;
        if (name.startsWith('on') || (leads && !['http:', 'https:'].includes(scheme))) wrong.push(line(element));
        const loads = element.matches('script, link:not([rel=alternate]), form') && leads;
        if (loads && new URL(value, document.baseURI).origin !== location.origin) wrong.push(line(element));
      }
      if (element.localName === 'script' && !element.hasAttribute('src')) wrong.push(line(element));
    }
    return { wrong, text: document.documentElement.textContent, title: document.title };
  }, NEVER);
  expect(found.wrong, 'elements made of words').toEqual([]);
  if (text) expect(words(found.text)).toContain(words(text));
  return found;
}
