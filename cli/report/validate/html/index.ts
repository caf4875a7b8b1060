export { validateHtml } from "./page";
