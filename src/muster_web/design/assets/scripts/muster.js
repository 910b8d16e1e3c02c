import { initAll } from "./govuk-frontend.min.js";
import { followProgress } from "./progress.js";

initAll();
document.querySelectorAll("[data-progress]").forEach(followProgress);
