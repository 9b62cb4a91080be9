// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Looks at pages as people do, and says in JSON what is wrong with them and which figures they show.
//
//     node look.mjs BROWSER URL PATH...    PICTURES=FOLDER keeps what is seen
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const WIDTHS = [360, 1280, 1920];
const SCHEMES = ['light', 'dark'];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const [program, base, ...paths] = process.argv.slice(2);
const folder = process.env.PICTURES;
const problems = [];
let looks = 0;
const figures = {};

function watch(page, where) {
  page.on('pageerror', (error) => problems.push(`${where()}: ${error}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(`${where()}: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== base) problems.push(`${where()}: asks ${request.url()}`);
  });
}

// What sticks out on the right, and whether the page scrolls sideways.
function measure() {
  const width = document.documentElement.clientWidth;
  const out = [...document.querySelectorAll('body *')].filter((one) => {
    const box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    return box.width > 1 && box.right > width + 0.5 && style.position !== 'absolute';
  });
  return {
    scrolls: document.documentElement.scrollWidth > width,
    out: out.slice(0, 3).map((one) => one.outerHTML.slice(0, 80)),
  };
}

function read() {
  return [...document.querySelectorAll('.value')].map((value) => ({
    figure: value.querySelector('a')?.getAttribute('href').split('/').pop() ?? '',
    value: value.textContent,
    counts: value.nextElementSibling?.matches('.counts') ? value.nextElementSibling.textContent : '',
  }));
}

async function judge(page, where) {
  await page.evaluate(axe);
  const result = await page.evaluate(
    (rules) => axe.run(document, { runOnly: rules, resultTypes: ['violations'] }), RULES);
  if (result.passes.length < 20) problems.push(`${where}: only ${result.passes.length} rules held`);
  for (const one of result.violations.filter((found) => ['serious', 'critical'].includes(found.impact))) {
    problems.push(`${where}: ${one.id}: ${one.help}: ${one.nodes[0].html.slice(0, 120)}`);
  }
}

// The first key that somebody presses leads past the navigation, and is seen.
async function press(page, where) {
  await page.keyboard.press('Tab');
  const seen = await page.evaluate(() => {
    const one = document.activeElement;
    const box = one.getBoundingClientRect();
    return one.matches('.skip') && box.left >= 0 && getComputedStyle(one).outlineStyle !== 'none';
  });
  if (!seen) problems.push(`${where}: the skip link is not the first, or not seen`);
}

async function look(page, path, scheme) {
  const answer = await page.goto(base + path);
  if (answer.status() !== 200) problems.push(`${path}: ${answer.status()}`);
  const title = await page.title();
  if (title === 'planted') problems.push(`${path}: the planted script ran`);
  figures[path] = await page.evaluate(read);
  for (const width of WIDTHS) {
    const where = `${path}, ${width} px, ${scheme}`;
    await page.setViewportSize({ width, height: 900 });
    const { scrolls, out } = await page.evaluate(measure);
    if (scrolls || out.length) problems.push(`${where}: too wide: ${out.join(' | ')}`);
    await judge(page, where);
    looks += 1;
    if (folder) {
      const name = path.replaceAll(/[^A-Za-z0-9]+/g, '-');
      await page.screenshot({ path: `${folder}/page${name}-${width}-${scheme}.png`, fullPage: true });
    }
  }
  await press(page, path);
}

const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] });
for (const scheme of SCHEMES) {
  const context = await browser.newContext({ colorScheme: scheme, locale: 'vi-VN' });
  const page = await context.newPage();
  let now = '';
  watch(page, () => now);
  for (const path of paths) {
    now = path;
    await look(page, path, scheme);
  }
  await context.close();
}
await browser.close();
console.log(JSON.stringify({ problems, figures, looks }));
