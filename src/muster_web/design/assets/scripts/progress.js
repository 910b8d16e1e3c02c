// Keeps the region of a progress page current. The page itself is asked again, so that what is seen with
// scripts and without ("Check again") is the same; where it no longer has the region, the work is done.

const SLOWEST = 15000;

async function latest() {
  const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" }, cache: "no-store" });
  if (!answer.ok) {
    throw new Error(`the page answered ${answer.status}`);
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { address: answer.url, region: answer.redirected ? null : page.querySelector("[data-progress]") };
}

export function followProgress(region) {
  let wait = 1000 * (Number(region.dataset.progress) || 2);

  async function look() {
    try {
      const { address, region: now } = await latest();
      if (!now) {
        location.assign(address);
        return;
      }
      if (now.innerHTML !== region.innerHTML) {
        region.replaceChildren(...now.childNodes);
      }
    } catch {
      // The network or the service is away for a moment: what is shown stays, and we ask less often.
      wait = Math.min(wait * 2, SLOWEST);
    }
    setTimeout(look, wait);
  }

  setTimeout(look, wait);
}
