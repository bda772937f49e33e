import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { findChromium } from '../setup.mjs';

// Draws public/icons/*.png from public/icons/mark.svg, as they are and with a mark for "needs you".

const folder = new URL('../../public/icons/', import.meta.url);
const mark = await readFile(new URL('mark.svg', folder), 'utf8');
const attention = mark.replace(
  '</svg>',
  '<circle cx="25" cy="7" r="8.5" fill="#fff"/><circle cx="25" cy="7" r="6.5" fill="#b3302a"/></svg>',
);

const browser = await chromium.launch({ executablePath: findChromium()?.path ?? '' });
for (const [name, drawing] of Object.entries({ icon: mark, attention })) {
  for (const size of [16, 32, 48, 128]) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const data = Buffer.from(drawing).toString('base64');
    await page.setContent(
      `<body style="margin:0"><img width="${size}" height="${size}" src="data:image/svg+xml;base64,${data}">`,
    );
    const png = await page.screenshot({ omitBackground: true });
    await writeFile(new URL(`${name}-${size}.png`, folder), png);
    await page.close();
  }
}
await browser.close();
