// Pictures for the manual, as small as WebP makes them.

/** Takes a picture of what is seen of a page, no larger than so many bytes where that can be had. */
export async function picture(page, { scale = 1, mostBytes }) {
  const { width, height } = page.viewportSize();
  const session = await page.context().newCDPSession(page);
  const clip = { x: 0, y: await page.evaluate(() => scrollY), width, height, scale };
  for (let quality = 80; ; quality -= 10) {
    const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality, clip });
    const taken = Buffer.from(data, "base64");
    if (taken.length <= mostBytes || quality <= 20) return taken;
  }
}
