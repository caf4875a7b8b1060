export { ACCESS_FORMATS, type AccessReport, renderAccess } from "./render";
